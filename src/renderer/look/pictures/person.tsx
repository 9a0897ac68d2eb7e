/** A friendly bust, 200 × 200, used wherever somebody is meant: the counsellor, the resident, those who wait. */
import type { ReactNode } from 'react';

interface PersonProps {
  readonly x?: number;
  readonly y?: number;
  readonly scale?: number;
  readonly clothes: string;
  readonly hair?: string;
  readonly skin?: string;
  readonly cut?: 'short' | 'long';
}

export function Person(props: PersonProps): ReactNode {
  const {
    x = 0,
    y = 0,
    scale = 1,
    clothes,
    hair = 'var(--hair)',
    skin = 'var(--skin)',
    cut = 'short',
  } = props;
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`}>
      {cut === 'long' && (
        <path d="M54 78C48 22 152 22 146 78c-1 22 6 44 10 58H44c4-14 11-36 10-58Z" fill={hair} />
      )}
      <path d="M84 104h32v28c0 22-32 22-32 0Z" fill={skin} />
      <path d="M84 112c10 10 22 10 32 0v8c-10 10-22 10-32 0Z" fill="rgb(60 30 10 / 14%)" />
      <path d="M14 200c0-52 34-66 68-72 8 14 28 14 36 0 34 6 68 20 68 72Z" fill={clothes} />
      <ellipse cx="100" cy="74" rx="37" ry="43" fill={skin} />
      {cut === 'short' ? (
        <path
          d="M61 80c-8-50 20-62 42-62 26 0 44 20 36 62-3-16-8-24-16-30-16 8-40 8-50 2-6 6-10 14-12 28Z"
          fill={hair}
        />
      ) : (
        <path d="M61 80c-6-48 18-60 40-60s46 14 38 60c-4-18-14-32-26-38-16 14-44 16-52 38Z" fill={hair} />
      )}
      <circle cx="87" cy="77" r="3.6" fill="#2c211a" />
      <circle cx="113" cy="77" r="3.6" fill="#2c211a" />
      <path d="M86 93q14 13 28 0" fill="none" stroke="#8a4a33" strokeWidth="4" strokeLinecap="round" />
    </g>
  );
}
