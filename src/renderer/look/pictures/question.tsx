/** "Êtes-vous toujours là ?": an empty chair and a question. */
import type { ReactNode } from 'react';

export function Question(): ReactNode {
  return (
    <svg className="picture" viewBox="0 0 520 520" aria-hidden="true">
      <circle cx="260" cy="260" r="226" fill="rgb(255 255 255 / 12%)" />
      <path
        className="breathes"
        d="M150 110h220a60 60 0 0 1 60 60v120a60 60 0 0 1-60 60H280l-70 70v-70h-60a60 60 0 0 1-60-60V170a60 60 0 0 1 60-60Z"
        fill="var(--paper)"
      />
      <path
        d="M222 202c4-48 82-46 80 2-2 32-40 30-40 62"
        fill="none"
        stroke="var(--clay)"
        strokeWidth="22"
        strokeLinecap="round"
      />
      <circle cx="262" cy="308" r="15" fill="var(--clay)" />
    </svg>
  );
}
