/** "Installez-vous": an armchair that waits, beside a small table. */
import type { ReactNode } from 'react';

export function Chair(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 520 520" aria-hidden="true">
      <ellipse cx="260" cy="452" rx="240" ry="44" fill="rgb(0 0 0 / 16%)" />
      <path d="M138 300V150c0-56 36-84 122-84s122 28 122 84v150Z" fill="var(--sun)" />
      <path d="M164 300V166c0-40 26-66 96-66s96 26 96 66v134Z" fill="#f8cf83" />
      <rect x="132" y="282" width="256" height="88" rx="30" fill="#fbe0ab" />
      <path d="M132 350h256v62H132Z" fill="var(--sun)" />
      <rect x="76" y="232" width="76" height="184" rx="38" fill="#e6a83c" />
      <rect x="368" y="232" width="76" height="184" rx="38" fill="#e6a83c" />
      <path d="M118 412h26l-8 46h-18Zm258 0h26v46h-18Z" fill="#7a5a3e" />
      <rect
        x="206"
        y="206"
        width="108"
        height="92"
        rx="22"
        fill="var(--clay)"
        transform="rotate(-6 260 252)"
      />
    </svg>
  );
}
