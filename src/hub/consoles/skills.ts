/** Which counsellors a motive is for: those who know it, among the body's own words for its motives. Pure. */
import type { CounsellorRecord } from '../accounts/store.ts';
import { isCounsellorOnline, type Snapshot } from '../live/snapshot.ts';
import type { VisitRecord } from '../visits/store.ts';

/**
 * Connected counsellors who know this visit's motive, where this counsellor does not: they should have it first.
 * Empty where nobody who knows it is there, and where a colleague is asked by name: nobody waits for a skill.
 */
export function knownByOthers(
  snapshot: Snapshot,
  visit: VisitRecord,
  counsellorId: string,
): CounsellorRecord[] {
  if (visit.wanted) return [];
  const skilled = snapshot.counsellors.filter(
    (one) => one.bodyId === visit.bodyId && knows(one, visit.motive),
  );
  if (skilled.some(({ accountId }) => accountId === counsellorId)) return [];
  return skilled.filter(({ accountId }) => isCounsellorOnline(snapshot, visit.bodyId, accountId));
}

/** A clerk takes the motive among the body's, and may write on after it. */
export function knows({ skills }: Pick<CounsellorRecord, 'skills'>, motive: string): boolean {
  const said = fold(motive);
  return skills.some((skill) => said.startsWith(fold(skill)));
}

function fold(text: string): string {
  return text.trim().normalize('NFKC').toLocaleLowerCase('fr');
}
