/**
 * The free screen announces the next appointment of the day. It is put into the hub's database while the hub is down
 * rather than booked: on a public holiday, or late in the evening, no hour of today is free.
 */
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../src/hub/database/database.ts';
import { nowWhereItIsDay } from './days.ts';
import { expect, test } from './fixtures.ts';
import { whileHubIsDown } from './hub-database.ts';

const APPOINTMENT = '0d1f2a52-6a57-4b0c-9b0a-6f0a2f7c9d11';

test('at what hour somebody is expected is read on the free screen, until it is cancelled', async ({
  clerkPage,
  resident,
  town,
}) => {
  await resident.expectPlaceFree();
  const announced = (await resident.face()).locator('.next-appointment');
  await expect(announced).toHaveCount(0);

  const start = nowWhereItIsDay().add({ hours: 3 }).with({ minute: 5, second: 0, millisecond: 0 });
  await whileHubIsDown(town, (database) => putAppointment(database, start));
  await expect(announced).toHaveText(`Prochain rendez-vous à ${start.hour}\u00a0h\u00a005`);
  await expect((await resident.face()).locator('body')).toContainText('La place est libre');
  // The hour alone, to whoever passes.
  await expect((await resident.face()).locator('body')).not.toContainText('Office');

  const answer = await clerkPage.evaluate(
    async (path) => (await fetch(path, { method: 'POST' })).status,
    `/api/appointments/${APPOINTMENT}/cancel`,
  );
  expect(answer).toBe(204);
  await expect(announced).toHaveCount(0);
  await expect((await resident.face()).locator('body')).toContainText('La place est libre');
});

/** Of the town's only terminal. */
async function putAppointment(database: Database, start: Temporal.ZonedDateTime): Promise<void> {
  await database.run('update mairies set time_zone = $1', [start.timeZoneId]);
  const put = await database.run(
    `insert into appointments (id, terminal_id, body_id, counsellor_id, starts_at, ends_at, state, booked_by, booked_at)
     select $1, t.id, a.body_id, a.id, $2::timestamptz, $2::timestamptz + interval '30 minutes', 'booked', a.id, now()
     from terminals t, (select id, body_id from accounts where role = 'counsellor' order by name limit 1) a`,
    [APPOINTMENT, new Date(start.epochMilliseconds)],
  );
  expect(put).toBe(1);
}
