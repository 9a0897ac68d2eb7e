/** "Prenez votre papier": a hand on the sheet that lies ready. */
import type { ReactNode } from 'react';

export function TakePaper(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 520 520" aria-hidden="true">
      <circle cx="260" cy="250" r="226" fill="var(--commune-mist)" />
      <g className="lifted">
        <rect x="150" y="70" width="230" height="312" rx="8" fill="rgb(60 45 20 / 14%)" />
        <rect
          x="140"
          y="58"
          width="230"
          height="312"
          rx="8"
          fill="var(--white)"
          stroke="var(--line)"
          strokeWidth="4"
        />
        <path d="M170 100h84" stroke="var(--commune)" strokeWidth="13" strokeLinecap="round" />
        <path
          d="M170 140h170M170 174h170M170 208h120M170 242h170"
          stroke="var(--line)"
          strokeWidth="10"
          strokeLinecap="round"
        />
        <path
          d="M286 520c-14-60-8-96 4-128 6-34 26-96 62-126 16-12 34 2 26 20l-26 58c18-2 56-4 74 10 30 24 24 106-4 166Z"
          fill="var(--skin)"
        />
        <path
          d="M352 344c-14 4-24 14-28 28"
          fill="none"
          stroke="#b97f58"
          strokeWidth="7"
          strokeLinecap="round"
        />
        <path d="M278 520c-4-22-6-40-4-58 50 14 110 14 158-4 0 20-4 42-10 62Z" fill="var(--clay)" />
      </g>
    </svg>
  );
}
