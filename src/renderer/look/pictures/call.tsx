/** Before and between pictures of the counsellor: somebody is there, or the two are being joined again. */
import type { ReactNode } from 'react';
import { Person } from './person.tsx';

export function CounsellorComing(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 520 520" aria-hidden="true">
      <circle className="breathes" cx="260" cy="260" r="240" fill="rgb(255 255 255 / 10%)" />
      <circle cx="260" cy="260" r="206" fill="rgb(255 255 255 / 14%)" />
      <circle cx="260" cy="260" r="176" fill="var(--commune-mist)" />
      <clipPath id="coming">
        <path d="M84 40h352v220a176 176 0 0 1-352 0Z" />
      </clipPath>
      <g clipPath="url(#coming)">
        <Person x={94} y={104} scale={1.66} clothes="var(--clay)" cut="long" />
      </g>
    </svg>
  );
}

export function Rejoining(): ReactNode {
  return (
    <svg className="picture wide" viewBox="0 0 760 340" aria-hidden="true">
      <path
        className="thread"
        d="M210 120C300 20 460 20 550 120"
        fill="none"
        stroke="var(--sun)"
        strokeWidth="12"
        strokeLinecap="round"
        strokeDasharray="2 30"
      />
      <circle cx="150" cy="200" r="130" fill="rgb(255 255 255 / 14%)" />
      <circle cx="610" cy="200" r="130" fill="rgb(255 255 255 / 14%)" />
      <clipPath id="two">
        <path d="M20 0h260v200a130 130 0 0 1-260 0ZM480 0h260v200a130 130 0 0 1-260 0Z" />
      </clipPath>
      <g clipPath="url(#two)">
        <Person x={26} y={90} scale={1.24} clothes="#f1e3ca" hair="#c9c2b8" />
        <Person x={486} y={90} scale={1.24} clothes="var(--clay)" cut="long" />
      </g>
    </svg>
  );
}

/** A curtain in front of both: nobody looks, nobody listens. */
export function PrivateMoment(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 520 520" aria-hidden="true">
      <circle cx="260" cy="260" r="206" fill="rgb(255 255 255 / 14%)" />
      <g fill="none" stroke="var(--sun)" strokeWidth="16" strokeLinecap="round" strokeLinejoin="round">
        <rect x="120" y="190" width="190" height="140" rx="22" />
        <path d="M310 240l86-46v132l-86-46" />
        <path d="M104 400 416 120" />
      </g>
    </svg>
  );
}
