/** The scanner: a sheet laid face down on its glass, or a pile in its feeder. */
import type { ReactNode } from 'react';

export function Flatbed(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 600 520" aria-hidden="true">
      <ellipse cx="300" cy="478" rx="270" ry="26" fill="rgb(60 45 20 / 14%)" />
      {/* The lid, open behind. */}
      <path d="M96 236 136 34a20 20 0 0 1 20-16h288a20 20 0 0 1 20 16l40 202Z" fill="#6d665d" />
      <path d="M128 220 162 48h276l34 172Z" fill="#f6f2ea" />
      {/* The body, its glass seen from above. */}
      <path d="M84 236h432l54 186a26 26 0 0 1-26 34H56a26 26 0 0 1-26-34Z" fill="#57514a" />
      <path d="M30 422h540v22a28 28 0 0 1-28 28H58a28 28 0 0 1-28-28Z" fill="#443f37" />
      <path d="M118 258h364l40 142H78Z" fill="#bfdfe6" />
      <path className="light" d="M112 276h376l4 16H108Z" fill="#f4fdff" />
      {/* The sheet, its lines on the under side: they show through faintly. */}
      <g className="laid">
        <path d="M196 268h208l26 122H170Z" fill="var(--white)" stroke="var(--line)" strokeWidth="4" />
        <path
          d="M214 292h172M208 318h184M203 344h194M198 368h120"
          stroke="#efe6d6"
          strokeWidth="8"
          strokeLinecap="round"
        />
      </g>
      <g
        className="laid-arrow"
        fill="none"
        stroke="var(--clay)"
        strokeWidth="18"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M300 104v96" />
        <path d="M262 166l38 40 38-40" />
      </g>
    </svg>
  );
}

export function Feeder(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 600 520" aria-hidden="true">
      <ellipse cx="300" cy="478" rx="270" ry="26" fill="rgb(60 45 20 / 14%)" />
      <path d="M150 250 196 96h208l46 154Z" fill="#8b8378" />
      <g className="fed">
        <path d="M190 250 214 60h172l24 190Z" fill="#fbf6ec" stroke="var(--line)" strokeWidth="4" />
        <path d="M182 254 208 44h184l26 210Z" fill="var(--white)" stroke="var(--line)" strokeWidth="4" />
        <path
          d="M234 86h132M231 112h138M228 138h144M225 164h100"
          stroke="var(--line)"
          strokeWidth="8"
          strokeLinecap="round"
        />
      </g>
      <path d="M88 240h424a34 34 0 0 1 34 34v60H54v-60a34 34 0 0 1 34-34Z" fill="#6d665d" />
      <rect x="140" y="236" width="320" height="22" rx="11" fill="#2a2723" />
      <path d="M40 334h520v108a28 28 0 0 1-28 28H68a28 28 0 0 1-28-28Z" fill="#57514a" />
      <rect x="126" y="372" width="348" height="26" rx="13" fill="#2a2723" />
      <circle cx="498" cy="296" r="11" fill="var(--leaf)" />
      <g fill="none" stroke="var(--clay)" strokeWidth="18" strokeLinecap="round" strokeLinejoin="round">
        <path className="laid-arrow" d="M506 66v110M468 140l38 40 38-40" />
      </g>
    </svg>
  );
}
