/**
 * From the counsellor's press on "Terminer la visite" to the hub telling the clerk that the terminal is free, with the
 * report of a wipe that passed. The visit has a call, a document on the desk and the resident's own picture.
 */
import { startTown } from '#rig/town.ts';
import type { Measurement } from './figure.ts';
import { sitClerk, sitCounsellor, startVisit } from './people.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 7;
const FORM = 'Demande d’aide au logement';

export function measureEnd(): Promise<Measurement> {
  return withClosers(async (close) => {
    const town = await startTown();
    close(town.close);
    const clerk = await sitClerk(town.hub);
    close(clerk.close);
    const nadia = await sitCounsellor(town);
    const values: number[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      await startVisit(clerk, nadia);
      await nadia.takeForm(FORM);
      await nadia.showOnDesk(FORM);
      await nadia.page.getByRole('button', { name: 'Montrer à la personne sa propre image' }).click();
      await town.terminal.page('room/self.html');
      const before = Date.now();
      const free = clerk.untilFree(before);
      await nadia.endVisit();
      const pressed = await nadia.pressedAt();
      const value = (await free) - pressed;
      if (round > 0) values.push(value);
    }
    return { unit: 'ms', values, baselines: [], allowance: { kind: 'most', amount: 2_000 } };
  });
}
