/**
 * What the hub holds of one person. Each part of the hub that keeps something personal gives a domain of its own; the
 * routes ask them all. Everything is sealed, so that a search opens what lies in the scope: few rows, none of them old.
 */
import type { HeldThing, PersonBody, PersonDomainName } from '#shared/protocol/data-protection.ts';

/** Whose residents somebody may look for. */
export interface PersonScope {
  readonly mairieIds: ReadonlySet<string>;
}

export interface PersonDomain {
  readonly name: PersonDomainName;
  /** What matches, within the scope. */
  readonly find: (wanted: PersonBody, scope: PersonScope) => Promise<HeldThing[]>;
  /** `notFound`: nothing such is held, or it is out of the scope. `busy`: not now, `whyNot` said why. */
  readonly erase: (id: string, scope: PersonScope) => Promise<'erased' | 'notFound' | 'busy'>;
}

/** By which a person may be found. */
interface Known {
  readonly names: readonly (string | undefined)[];
  readonly birthDate?: string | undefined;
  readonly email?: string | null | undefined;
}

/**
 * All that is given must be met: each word of the name by the beginning of some word of one of the names, without
 * accents and capitals. Something that is not known of a person does not match.
 */
export function matches(wanted: PersonBody, { names, birthDate, email }: Known): boolean {
  const words = wordsOf(wanted.name ?? '');
  const named = names.some((name) => {
    const known = wordsOf(name ?? '');
    return words.every((word) => known.some((each) => each.startsWith(word)));
  });
  return (
    (wanted.name === undefined || (words.length > 0 && named)) &&
    (wanted.birthDate === undefined || wanted.birthDate === birthDate) &&
    (wanted.email === undefined || wanted.email.toLowerCase() === email?.toLowerCase())
  );
}

function wordsOf(name: string): string[] {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
