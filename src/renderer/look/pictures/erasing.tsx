/** The wipe, and the good-bye after it: a sheet whose lines fade one after the other until it is blank. */
import type { ReactNode } from 'react';

const lines = [120, 164, 208, 252, 296, 340] as const;

export function Erasing({ done = false }: { readonly done?: boolean }): ReactNode {
  return (
    <svg className={done ? 'picture erased' : 'picture erasing'} viewBox="0 0 420 480" aria-hidden="true">
      <rect x="64" y="36" width="300" height="412" rx="10" fill="rgb(0 0 0 / 14%)" />
      <rect x="56" y="24" width="300" height="412" rx="10" fill="var(--white)" />
      <g stroke="var(--commune)" strokeWidth="14" strokeLinecap="round">
        {lines.map((y, n) => (
          <path
            key={y}
            className={`fading fading-${n}`}
            d={`M92 ${y - 40}H${n % 3 === 2 ? 240 : 320}`}
            opacity="0.7"
          />
        ))}
      </g>
      <g className="eraser">
        <rect
          x="236"
          y="330"
          width="150"
          height="74"
          rx="18"
          fill="var(--clay)"
          transform="rotate(-18 311 367)"
        />
        <rect x="236" y="330" width="56" height="74" rx="18" fill="#f4d9c8" transform="rotate(-18 311 367)" />
      </g>
    </svg>
  );
}
