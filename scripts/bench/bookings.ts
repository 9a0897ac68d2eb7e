/**
 * Two hundred bookings at once on the same fifty slots, over the hub's own route on PostgreSQL; against one booking alone
 * on the same hub. Exactly fifty succeed, or it is not measured.
 */
import { randomUUID } from 'node:crypto';
import { bookAnswer, slotsAnswer } from '#shared/protocol/appointments.ts';
import { testDatabases } from '../../src/hub/testing/test-databases.ts';
import { createWorld, resetWorld, startTestHub } from '../../src/hub/testing/test-hub.ts';
import { type Measurement, quantile } from './figure.ts';
import { withClosers } from './with-closers.ts';

const ROUNDS = 3;
const AT_ONCE = 200;
const SLOTS = 50;
const LONE = 11;
/** A Sunday evening in winter: the next day's week has no holiday. */
const NOW = Date.UTC(2026, 1, 1, 18);
const [MONDAY, NEXT_MONDAY] = ['2026-02-02', '2026-02-09'];
const HOURS = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '14:00' }));
const PERSON = {
  residentName: 'Madame Martin',
  motive: 'Aide',
  showName: true,
  telephone: null,
  email: null,
};

/** ms: what the slowest of a hundred waited, beside the median of those who booked alone. */
export function measureBookings(): Promise<Measurement> {
  return withClosers(async (close) => {
    const server = testDatabases.find(({ name }) => name === 'PostgreSQL');
    if (!server) throw new Error('No PostgreSQL to measure on.');
    const opened = await server.open();
    close(opened.close);
    const world = await createWorld(opened.database);
    const values: number[] = [];
    const baselines: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await resetWorld(world);
      const hub = await startTestHub(world, { clock: () => NOW });
      const terminalId = randomUUID();
      await world.database.run(
        `insert into terminals (id, mairie_id, name, public_key, enrolled_at) select $1, id, 'Accueil', '', now() from mairies`,
        [terminalId],
      );
      const headers = { origin: hub.origin, 'content-type': 'application/json' };
      const [clerk, nadia] = [await hub.logIn('clerk'), await hub.logIn('nadia')];
      const put = (cookie: string, path: string, body: object) =>
        fetch(new URL(path, hub.origin), {
          method: 'PUT',
          headers: { ...headers, cookie },
          body: JSON.stringify({ hours: HOURS, closures: [], ...body }),
        });
      await put(nadia, '/api/calendars/body', { minutes: 30 });
      await put(clerk, `/api/calendars/terminals/${terminalId}`, { timeZone: 'Europe/Paris' });
      const { office } = world.bodies;
      const startsOf = async (date: string): Promise<number[]> => {
        const query = new URLSearchParams({ terminalId, bodyId: office, date });
        const answer = await fetch(new URL(`/api/appointments/slots?${query}`, hub.origin), {
          headers: { origin: hub.origin, cookie: clerk },
        });
        return slotsAnswer.parse(await answer.json()).slots.map(({ startsAt }) => startsAt);
      };
      const book = async (startsAt: number): Promise<{ readonly ms: number; readonly won: boolean }> => {
        const start = performance.now();
        const answer = await fetch(new URL('/api/appointments', hub.origin), {
          method: 'POST',
          headers: { ...headers, cookie: clerk },
          body: JSON.stringify({ terminalId, bodyId: office, startsAt, person: PERSON, consent: true }),
        });
        const won = bookAnswer.safeParse(await answer.json()).success;
        return { ms: performance.now() - start, won };
      };

      const lone: number[] = [];
      for (const startsAt of (await startsOf(NEXT_MONDAY)).slice(0, LONE))
        lone.push((await book(startsAt)).ms);
      const free = await startsOf(MONDAY);
      if (free.length !== SLOTS) throw new Error(`${free.length} slots are free, not ${SLOTS}.`);
      const all = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, index) => book(free[index % SLOTS] ?? 0)),
      );
      const won = all.filter((one) => one.won).length;
      if (won !== SLOTS) throw new Error(`${won} bookings succeeded on ${SLOTS} slots.`);
      values.push(
        quantile(
          all.map(({ ms }) => ms),
          0.99,
        ) ?? Number.NaN,
      );
      baselines.push(quantile(lone, 0.5) ?? Number.NaN);
      await hub.close();
    }
    return { unit: 'ms', values, baselines, allowance: { kind: 'times', factor: 10 } };
  });
}
