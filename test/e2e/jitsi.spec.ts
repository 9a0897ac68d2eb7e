/** The whole visit with its call on a Jitsi deployment of Jitsi's own parts, and when that deployment is in trouble. */
import { setTimeout as passes } from 'node:timers/promises';
import type { Frame } from '@playwright/test';
import type { Town } from '#rig/town.ts';
import { until } from '#rig/until.ts';
import { embedJitsi } from '../jitsi/embedding-page.ts';
import type { TownJitsi } from '../jitsi/town-jitsi.ts';
import { callSuite } from './call-suite.ts';
import type { CounsellorDesk } from './counsellor-desk.ts';
import { expect, FORM, OFFICE, test } from './fixtures.ts';
import { madePdf } from './made-documents.ts';
import { expectHeard, expectMoving, framesDecoded } from './moving-picture.ts';
import type { ResidentSeat } from './resident-seat.ts';

test.use({ townOptions: { jitsi: {} } });

function jitsiOf({ jitsi }: Town): TownJitsi {
  if (!jitsi) throw new Error('This town has no Jitsi.');
  return jitsi;
}

const roomOf = (frame: Frame) => new URL(frame.url()).pathname.slice(1);

test('they see and hear each other through Jitsi’s own parts', async ({ call, nadia, resident, town }) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  const frames = [await nadia.roomFrame(), await resident.roomFrame()];
  for (const frame of frames) {
    expect(new URL(frame.url()).origin).toBe(jitsiOf(town).origin);
    await expectMoving(async () => frame);
    await expectHeard(frame);
  }
  expect(new Set(frames.map(roomOf)).size).toBe(1);
});

callSuite();

test('a third person with a valid ticket is shown to both, and put out', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const jitsi = jitsiOf(town);
  await resident.expectFace('Nadia Belkacem');
  const room = roomOf(await nadia.roomFrame());
  const { jwt } = await jitsi.ticket(room, 'terminal', 'Inconnu');
  const context = await town.browser.newContext();
  const stranger = await embedJitsi(context, {
    ...{ origin: jitsi.origin, blank: `${jitsi.origin}/nothing.html`, room, jwt, name: 'Inconnu' },
  });
  await stranger.event('videoConferenceJoined');
  await expect(nadia.page.getByRole('alert')).toContainText('2 participants dans l’appel avec vous');
  await resident.expectFace('Une autre personne est dans l’appel');
  await nadia.page.getByRole('button', { name: 'Faire sortir « Inconnu »' }).click();
  await stranger.event('participantKickedOut');
  await expect(nadia.page.getByText('participants dans l’appel avec vous')).toBeHidden();
  await resident.expectFace('Nadia Belkacem');
  await context.close();
  await nadia.expectCallLive();
  await expectMoving(resident.roomFrame);
  await expectMoving(nadia.roomFrame);
});

test('what the counsellor says is written in very large type where it is asked for', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  const room = await resident.roomFrame();
  const says = (messageID: string, text: object, id = 'nadia') =>
    room.evaluate(
      (data) => (window as unknown as { transcribe: (data: object) => boolean }).transcribe(data),
      {
        ...{ messageID, participant: { id, name: 'Nadia' }, language: 'fr' },
        ...text,
      },
    );
  const face = await resident.face();
  expect(await says('0', { final: 'Avant que ce soit demandé.' })).toBe(false);
  await nadia.page.getByRole('button', { name: 'Écrire ce que je dis' }).click();
  await resident.expectFace('Ce que dit votre conseiller va s’écrire ici.');
  await expect.poll(() => says('1', { unstable: 'Bonjour' })).toBe(true);
  await resident.expectFace('Bonjour');
  await says('1', { final: 'Bonjour Madame, je vous entends bien.' });
  await says('2', { final: '<b>Asseyez-vous</b>' });
  await resident.expectFace('Bonjour Madame, je vous entends bien.');
  // A stranger's words, and words they stay.
  await resident.expectFace('<b>Asseyez-vous</b>');
  await expectMoving(resident.roomFrame);
  await expect(face.locator('.said')).toBeVisible();
  await face.screenshot({ path: test.info().outputPath('subtitles.png') });
  await nadia.page.getByRole('button', { name: 'Ne plus écrire ce que je dis' }).click();
  await expect(face.locator('.said')).toHaveCount(0);
  expect(await says('3', { final: 'Après.' })).toBe(false);
  expect(town.terminal.output()).not.toContain('Bonjour Madame');
});

test('12 s without the XMPP server: the print and the scan go on, and they see each other again', async ({
  call,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  const jitsi = jitsiOf(town);
  const printed = town.printer.printedFiles().length;
  await nadia.dropFile(await madePdf('feuilles.pdf', 4));
  town.printer.setSpeed(15);
  town.scanner.setReadDelay(8_000);
  await nadia.showOnDesk('feuilles.pdf');
  await nadia.print('feuilles.pdf');
  await expect(nadia.card('feuilles.pdf')).toContainText('Impression : page');
  await nadia.scan({ source: 'Sur la vitre' });
  await resident.expectDesk('Posez votre papier sur la vitre');
  const before = roomOf(await nadia.roomFrame());

  await jitsi.stopXmpp();
  await passes(12_000);
  await jitsi.startXmpp();
  const back = performance.now();
  const again = await bothSeeAnew(nadia, resident, before);
  test.info().annotations.push({
    type: 'rejoin after 12 s without XMPP',
    description: `${Math.round(again - back)} ms from the server's return to both seeing each other`,
  });

  await expect(nadia.card('feuilles.pdf')).toContainText('Imprimé', { timeout: 60_000 });
  expect(town.printer.printedFiles().length).toBe(printed + 1);
  await nadia.expectScanned('1 page reçue');
  expect((await nadia.saveScan()).length).toBeGreaterThan(10_000);
  town.printer.setSpeed(240);
  town.scanner.setReadDelay(0);
  await nadia.expectCallLive();
  await resident.expectFace('Nadia Belkacem');
  await expect((await resident.desk()).getByRole('img', { name: /Votre document/ })).toBeVisible();
});

/** Both in another room than before, each with pictures of the other. @returns when, by performance.now(). */
async function bothSeeAnew(nadia: CounsellorDesk, resident: ResidentSeat, before: string): Promise<number> {
  const seesAnew = async (side: CounsellorDesk | ResidentSeat) => {
    const frame = await side.roomFrame();
    // A frame that is replaced meanwhile has no address, and nothing to count.
    return !URL.canParse(frame.url()) || roomOf(frame) === before ? 0 : framesDecoded(frame).catch(() => 0);
  };
  await until(
    'both see each other in another room',
    async () => (await seesAnew(nadia)) > 5 && (await seesAnew(resident)) > 5,
    { timeoutMs: 80_000 },
  );
  return performance.now();
}

test.describe('a deployment in trouble', () => {
  test.afterEach(async ({ town }) => {
    jitsiOf(town).setTrouble('none');
    // It is left out for ten minutes otherwise.
    await town.hub.restart();
  });

  for (const [how, trouble, why] of [
    ['answers 404', 'notFound', 'ne répond pas'],
    ['hangs', 'hangs', 'ne répond pas'],
    ['has a certificate that nobody trusts', 'wrongCertificate', 'ne répond pas'],
    ['never joins', 'neverJoins', 's’ouvre sans jamais entrer dans l’appel'],
  ] as const) {
    test(`it ${how}: both meet in the built-in room by themselves, and the operator reads why`, async ({
      clerk,
      nadia,
      resident,
      town,
    }) => {
      test.setTimeout(150_000);
      await resident.expectPlaceFree();
      jitsiOf(town).setTrouble(trouble);
      await clerk.announce({ name: 'Madame Roux', body: OFFICE, motive: FORM });
      await nadia.pickUp('Madame Roux');
      await expectInBuiltIn(town, nadia, resident);
      await expectOperatorReads(town, why);
      await nadia.endVisit();
      await resident.expectPlaceFree();
    });
  }

  test('it fails only at the pick-up: both meet in the built-in room by themselves', async ({
    clerk,
    nadia,
    resident,
    town,
  }) => {
    test.setTimeout(150_000);
    const jitsi = jitsiOf(town);
    await resident.expectPlaceFree();
    await clerk.announce({ name: 'Monsieur Blanc', body: OFFICE, motive: FORM });
    const warm = await resident.roomFrame();
    await warm.waitForLoadState('load');
    expect(warm.url()).toContain(`${jitsi.origin}/warm-`);
    jitsi.setTrouble('notFound');
    await nadia.pickUp('Monsieur Blanc');
    await expectInBuiltIn(town, nadia, resident);
    await expectOperatorReads(town, /ne répond pas|sans jamais entrer dans l’appel/);
    await nadia.endVisit();
    await resident.expectPlaceFree();
  });
});

async function expectInBuiltIn(town: Town, nadia: CounsellorDesk, resident: ResidentSeat): Promise<void> {
  await until(
    'both are in the built-in room',
    async () => {
      const frames = [await nadia.roomFrame(), await resident.roomFrame()];
      return frames.every((frame) => frame.url().startsWith(town.hub.roomOrigin));
    },
    { timeoutMs: 60_000 },
  );
  await nadia.expectCallLive();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(nadia.roomFrame);
  await expectMoving(resident.roomFrame);
}

async function expectOperatorReads(town: Town, why: string | RegExp): Promise<void> {
  const operator = await town.logIn('exploitant@val-clair.example');
  const list = operator.getByRole('region', { name: /Salons vidéo/ });
  const row = list.getByRole('listitem').filter({ hasText: jitsiOf(town).domain });
  await expect(row).toContainText(why);
  await operator.screenshot({ path: test.info().outputPath('operator.png') });
  await operator.context().close();
}
