/** The calm desk: an empty blotter, a pen and a cup. Nothing on it moves. */
import type { ReactNode } from 'react';

export function DeskScene({ papers }: { readonly papers: boolean }): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 720 420" aria-hidden="true">
      <rect x="60" y="40" width="600" height="350" rx="26" fill="rgb(60 45 20 / 12%)" />
      <rect x="54" y="30" width="600" height="350" rx="26" fill="var(--commune)" />
      <rect
        x="70"
        y="46"
        width="568"
        height="318"
        rx="16"
        fill="none"
        stroke="rgb(255 255 255 / 26%)"
        strokeWidth="3"
      />
      {papers && (
        <g stroke="var(--line)" strokeWidth="9" strokeLinecap="round">
          <rect
            x="226"
            y="76"
            width="190"
            height="262"
            rx="5"
            fill="#f6efe0"
            stroke="none"
            transform="rotate(-8 320 210)"
          />
          <rect
            x="264"
            y="70"
            width="196"
            height="272"
            rx="5"
            fill="var(--white)"
            stroke="none"
            transform="rotate(3 360 210)"
          />
          <g transform="rotate(3 360 210)">
            <path d="M290 108h70" stroke="var(--commune)" strokeWidth="12" />
            <path d="M290 146h144M290 178h144M290 210h104M290 242h144" />
          </g>
        </g>
      )}
      <g transform={papers ? 'rotate(28 540 220)' : 'rotate(24 430 220)'}>
        <rect x="528" y="90" width="20" height="190" rx="8" fill="var(--sun)" />
        <path d="M528 280h20l-10 34Z" fill="#fbe0ab" />
        <path d="M534 300h8l-4 14Z" fill="var(--ink)" />
        <rect x="528" y="84" width="20" height="26" rx="8" fill="var(--clay)" />
      </g>
      <g transform="translate(120 110)">
        <circle cx="52" cy="52" r="60" fill="var(--white)" />
        <circle cx="52" cy="52" r="42" fill="#efe6d6" />
        <circle cx="52" cy="52" r="34" fill="#7b5138" />
        <path
          d="M8 84c-26 22-42 6-34-8"
          fill="none"
          stroke="var(--white)"
          strokeWidth="14"
          strokeLinecap="round"
        />
      </g>
    </svg>
  );
}
