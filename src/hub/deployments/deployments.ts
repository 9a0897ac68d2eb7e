/**
 * Where the next call of a body is made. A deployment that a side could not join is left out for a while: for everyone
 * once two different places could not, for the place itself at once, so that one mairie's network decides for nobody else.
 */
import type { DeploymentView } from '#shared/protocol/views.ts';
import { domainOf, type RoomTrouble } from '#shared/room.ts';
import { allDomains, type JitsiSettings, type TokenSettings } from './configuration.ts';

/** ms after which a deployment that failed is tried again. */
const LEFT_OUT = 10 * 60_000;
/** Calls lost at one place within so many ms after which a deployment is no better than one that cannot be joined. */
const LOSSES = { most: 4, within: 3 * 60_000 };

export interface DeploymentsDeps {
  readonly settings: JitsiSettings;
  /** Origin of the built-in room. A function: its port may be known only once it listens. */
  readonly builtIn: () => string;
  readonly clock: () => number;
}

export interface Deployments {
  /** The best for a call of this body at this terminal. */
  readonly first: (body: string, terminalId: string) => string;
  /** The one after `origin`, or `origin` itself where there is no other. */
  readonly next: (body: string, origin: string) => string;
  readonly isKnown: (origin: string) => boolean;
  readonly isBuiltIn: (origin: string) => boolean;
  readonly tokenOf: (origin: string) => TokenSettings | null;
  /** `place`: the terminal at whose visit it failed. */
  readonly failed: (origin: string, place: string, what: RoomTrouble) => void;
  /** A call was lost there at this place. True where that happens too often: it has failed. */
  readonly lost: (origin: string, place: string) => boolean;
  /** Names that it did not know at its latest call; none = it knows all that is used. True where that is news. */
  readonly drifted: (origin: string, missing: readonly string[]) => boolean;
  /** A call is live there. True where it had failed. */
  readonly works: (origin: string) => boolean;
  readonly views: () => DeploymentView[];
}

interface Failure {
  readonly what: RoomTrouble;
  readonly since: number;
  readonly at: number;
}

export function createDeployments({ settings, builtIn, clock }: DeploymentsDeps): Deployments {
  /** By origin, then by place. */
  const failures = new Map<string, Map<string, Failure>>();
  /** By origin and place: when calls were lost. */
  const losses = new Map<string, number[]>();
  const drifts = new Map<string, readonly string[]>();
  const originOf = (domain: string) => `https://${domain}`;
  const last = () => (settings.builtIn ? [builtIn()] : []);
  const listFor = (body: string) => [...(settings.bodies[body] ?? settings.domains).map(originOf), ...last()];
  const all = () => [...allDomains(settings).map(originOf), ...last()];

  function recent(origin: string): Map<string, Failure> {
    const places = failures.get(origin);
    for (const [place, { at }] of places ?? []) if (clock() - at >= LEFT_OUT) places?.delete(place);
    return places ?? new Map();
  }

  function isLeftOut(origin: string, place: string): boolean {
    const places = recent(origin);
    return places.size > 1 || places.has(place);
  }

  return {
    first(body, terminalId) {
      const list = listFor(body);
      return list.find((origin) => !isLeftOut(origin, terminalId)) ?? list[0] ?? builtIn();
    },
    next(body, origin) {
      const list = listFor(body);
      return list[(list.indexOf(origin) + 1) % list.length] ?? origin;
    },
    isKnown: (origin) => all().includes(origin),
    isBuiltIn: (origin) => origin === builtIn(),
    tokenOf: (origin) => settings.tokens[domainOf(origin)] ?? null,
    failed(origin, place, what) {
      const places = failures.get(origin) ?? new Map<string, Failure>();
      failures.set(origin, places);
      places.set(place, { what, since: places.get(place)?.since ?? clock(), at: clock() });
    },
    lost(origin, place) {
      const key = `${origin} ${place}`;
      const recently = (losses.get(key) ?? []).filter((at) => clock() - at < LOSSES.within);
      const tooOften = recently.length + 1 >= LOSSES.most;
      if (tooOften) losses.delete(key);
      else losses.set(key, [...recently, clock()]);
      return tooOften;
    },
    drifted(origin, missing) {
      if (!all().includes(origin) || origin === builtIn()) return false;
      const before = drifts.get(origin) ?? [];
      drifts.set(origin, missing);
      return before.join() !== missing.join();
    },
    works: (origin) => failures.delete(origin),
    views: () =>
      all().map((origin) => {
        const [oldest] = [...recent(origin).values()].sort((a, b) => a.since - b.since);
        return {
          origin,
          builtIn: origin === builtIn(),
          missing: [...(drifts.get(origin) ?? [])],
          trouble: oldest ? { what: oldest.what, since: oldest.since } : null,
        };
      }),
  };
}
