/** The three pictures of the welcome: nothing to touch, the counsellor on this screen, the papers on the other. */
import type { ReactNode } from 'react';
import { Person } from './person.tsx';

export function RestingHands(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 360 260" aria-hidden="true">
      <path d="M70 200V104c0-60 30-86 110-86s110 26 110 86v86Z" fill="var(--sun)" />
      <Person x={80} y={26} scale={1} clothes="var(--clay)" hair="#c9c2b8" cut="short" />
      <rect x="24" y="206" width="312" height="26" rx="13" fill="#a97d55" />
      <path d="M92 232h20v28H92Zm156 0h20v28h-20Z" fill="#8a6240" />
      <path d="M118 208c0-22 20-30 42-26l22 5 22-5c22-4 42 4 42 26Z" fill="var(--skin)" />
      <path
        d="M182 188c-8 4-12 10-13 19"
        fill="none"
        stroke="#b97f58"
        strokeWidth="4"
        strokeLinecap="round"
      />
      <path
        d="M96 208c-2-20 10-40 30-44l14 24c-8 4-10 12-10 20Zm168 0c2-20-10-40-30-44l-14 24c8 4 10 12 10 20Z"
        fill="#c06a44"
      />
    </svg>
  );
}

function Screen({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <rect x="140" y="214" width="80" height="26" fill="#5c554a" />
      <rect x="104" y="234" width="152" height="16" rx="8" fill="#443f37" />
      <rect x="30" y="14" width="300" height="204" rx="18" fill="#302c26" />
      {children}
    </>
  );
}

export function FaceOnScreen(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 360 260" aria-hidden="true">
      <Screen>
        <clipPath id="face-glass">
          <rect x="44" y="28" width="272" height="176" rx="8" />
        </clipPath>
        <g clipPath="url(#face-glass)">
          <rect x="44" y="28" width="272" height="176" fill="var(--commune-soft)" />
          <circle cx="180" cy="112" r="96" fill="var(--commune-mist)" />
          <Person x={86} y={32} scale={0.94} clothes="var(--commune)" cut="long" />
        </g>
      </Screen>
    </svg>
  );
}

export function PapersOnScreen(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 360 260" aria-hidden="true">
      <Screen>
        <rect x="44" y="28" width="272" height="176" rx="8" fill="var(--desk)" />
        <g fill="none" stroke="var(--line)" strokeWidth="7" strokeLinecap="round">
          <rect
            x="82"
            y="58"
            width="84"
            height="120"
            rx="4"
            fill="var(--white)"
            stroke="none"
            transform="rotate(-7 124 118)"
          />
          <rect x="150" y="40" width="112" height="156" rx="5" fill="var(--white)" stroke="none" />
          <path d="M168 62h44" stroke="var(--commune)" />
          <path d="M168 86h76M168 106h76M168 126h56" />
          <path d="M168 172c10-18 16-18 18-6s8 8 14-2 12-6 16 2" stroke="var(--clay)" strokeWidth="5" />
        </g>
      </Screen>
    </svg>
  );
}
