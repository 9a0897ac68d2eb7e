/** The printer, with the sheet coming out of it; held: the sheet waits and the tray is marked. */
import type { ReactNode } from 'react';

export function Printer({ state }: { readonly state: 'printing' | 'held' | 'done' }): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 560 560" aria-hidden="true">
      <ellipse cx="280" cy="318" rx="250" ry="26" fill="rgb(60 45 20 / 14%)" />
      <path d="M160 128V44h240v84Z" fill="var(--paper)" stroke="var(--line)" strokeWidth="5" />
      <rect x="56" y="112" width="448" height="200" rx="34" fill="#57514a" />
      <path d="M56 146a34 34 0 0 1 34-34h380a34 34 0 0 1 34 34v30H56Z" fill="#6d665d" />
      {state !== 'held' && <circle cx="452" cy="146" r="11" fill="var(--leaf)" />}
      <rect x="122" y="226" width="316" height="34" rx="17" fill="#2a2723" />
      <clipPath id="mouth">
        <rect x="100" y="244" width="360" height="320" />
      </clipPath>
      <g clipPath="url(#mouth)">
        <g className={`leaf leaf-${state}`}>
          <rect
            x="146"
            y="250"
            width="268"
            height="290"
            rx="6"
            fill="var(--white)"
            stroke="var(--line)"
            strokeWidth="4"
          />
          <path d="M176 500h96" stroke="var(--commune)" strokeWidth="12" strokeLinecap="round" />
          <path
            d="M176 464h208M176 430h208M176 396h150M176 362h208M176 328h180"
            stroke="var(--line)"
            strokeWidth="9"
            strokeLinecap="round"
          />
        </g>
      </g>
      <path d="M122 243a17 17 0 0 1 17-17h282a17 17 0 0 1 17 17v3H122Z" fill="#2a2723" />
      {state === 'held' && (
        <g transform="translate(400 20)">
          <circle cx="60" cy="60" r="56" fill="var(--sun)" />
          <path d="M42 38v44M78 38v44" stroke="var(--ink)" strokeWidth="13" strokeLinecap="round" />
        </g>
      )}
    </svg>
  );
}
