/** "Adressez-vous au secrétariat": somebody behind a counter. */
import type { ReactNode } from 'react';
import { Person } from './person.tsx';

export function Secretary(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 520 420" aria-hidden="true">
      <circle cx="260" cy="190" r="182" fill="var(--commune-mist)" />
      <Person x={124} y={40} scale={1.36} clothes="var(--leaf)" cut="long" hair="#8b5a35" />
      <rect x="20" y="288" width="480" height="34" rx="12" fill="#a97d55" />
      <rect x="46" y="322" width="428" height="98" fill="#c99b6d" />
      <path d="M46 322h428v16H46Z" fill="rgb(60 30 10 / 16%)" />
      <path d="M372 288a38 38 0 0 1 76 0Z" fill="var(--sun)" />
      <rect x="404" y="240" width="12" height="14" rx="6" fill="#c88f2c" />
      <path d="M90 288v-42l70-6v48Z" fill="var(--white)" />
      <path d="M104 262l42-4M104 275l42-3" stroke="var(--line)" strokeWidth="5" strokeLinecap="round" />
    </svg>
  );
}
