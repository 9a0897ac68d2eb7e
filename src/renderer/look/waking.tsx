/** Before main has sent its first view: an empty calm page, and a sentence only if that lasts (look.css delays it). */
import type { ReactNode } from 'react';
import { fr } from '../words/fr.ts';

export function Waking(): ReactNode {
  return (
    <main className="calm waking">
      <h1 className="text-xl">{fr.oneMoment}</h1>
    </main>
  );
}
