/** Small sentences that stay for as long as the trouble does. */
import type { ReactNode } from 'react';
import type { Notice } from './notices.ts';

export function NoticeList({ notices }: { readonly notices: readonly Notice[] }): ReactNode {
  return (
    <div className="notices" role="status">
      {notices.map((notice) => (
        <p key={notice.id} className="notice text-s">
          <svg className="notice-mark" viewBox="0 0 40 40" aria-hidden="true">
            <circle cx="20" cy="20" r="20" fill="var(--sun)" />
            <path d="M20 9v14" stroke="var(--ink)" strokeWidth="5" strokeLinecap="round" />
            <circle cx="20" cy="30.5" r="3" fill="var(--ink)" />
          </svg>
          <span>{notice.text}</span>
        </p>
      ))}
    </div>
  );
}
