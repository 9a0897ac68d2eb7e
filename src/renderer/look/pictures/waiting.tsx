/** The queue as chairs in a row: those before, then the resident's own place, which glows gently. */
import type { ReactNode } from 'react';
import { Person } from './person.tsx';

/** More than this would not be told apart; the sentence says the number. */
const SHOWN = 4;
const STEP = 190;
const clothes = ['var(--clay)', 'var(--leaf)', '#6f86a8', '#a9748f'] as const;
const hair = ['#5a4233', '#c9c2b8', '#2f2822', '#8b5a35'] as const;

export function Queue({ before }: { readonly before: number }): ReactNode {
  const shown = Math.min(before, SHOWN);
  const width = shown * STEP + 300;
  return (
    <svg className="picture queue" viewBox={`0 0 ${width} 300`} aria-hidden="true">
      <path d={`M30 262H${width - 30}`} stroke="var(--line)" strokeWidth="8" strokeLinecap="round" />
      {clothes.slice(0, shown).map((colour, n) => (
        <Person
          key={colour}
          x={20 + n * STEP}
          y={88}
          scale={0.86}
          clothes={colour}
          hair={hair[n] ?? 'var(--hair)'}
          cut={n % 2 ? 'long' : 'short'}
        />
      ))}
      <g transform={`translate(${shown * STEP} 0)`}>
        <circle className="breathes" cx="150" cy="150" r="132" fill="var(--sun)" opacity="0.45" />
        <circle cx="150" cy="150" r="112" fill="#fbe0ab" />
        <clipPath id="own-place">
          <path d="M38 0h224v150a112 112 0 0 1-224 0Z" />
        </clipPath>
        <g clipPath="url(#own-place)">
          <Person x={46} y={62} scale={1.04} clothes="var(--commune)" hair="#c9c2b8" />
        </g>
      </g>
    </svg>
  );
}
