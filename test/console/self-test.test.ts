/** What clerk, operator and counsellor see and do about the self-tests, in a real browser with fake devices. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saysYesSwitches } from '#rig/fake-media.ts';
import type { TerminalView } from '#shared/protocol/views.ts';
import type { SelfTestResult } from '#shared/self-test.ts';
import { builtConsole } from './built-console.ts';
import * as fixture from './fixtures.ts';
import { accepted, type ScriptedHub, startScriptedHub } from './scripted-hub.ts';

/** Where to leave pictures of every state, for a person to look at; none by default. */
const shots = process.env.CONSOLE_SHOTS;

let browser: Browser;
let hub: ScriptedHub;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  hub = await startScriptedHub(await builtConsole(), fixture.clerkView());
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--use-fake-device-for-media-stream', ...saysYesSwitches(), '--no-sandbox'],
  });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'fr-FR' });
  page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
});

async function look(name: string): Promise<void> {
  if (shots) await page.screenshot({ path: path.join(shots, `${name}.png`) });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
  expect(complaints.splice(0)).toEqual([]);
}

const well: SelfTestResult = {
  at: Date.now(),
  origin: 'morning',
  findings: [],
  measured: {
    camera: { state: 'seen', brightness: 90, brightest: 240, moving: true },
    microphone: { state: 'heard', noise: -61.5 },
    speaker: 'present',
    sound: { level: -33.2, delay: 84.25, echo: { reduction: 41.2, orMore: false } },
  },
};
const echoing: SelfTestResult = {
  ...well,
  origin: 'clerk',
  findings: ['cameraBlack', 'echoStrong'],
  measured: well.measured && {
    ...well.measured,
    sound: { level: -28.4, delay: 91, echo: { reduction: 11.7, orMore: false } },
  },
};
const broken: SelfTestResult = { ...well, findings: ['microphoneSilent'], measured: null };

function terminal(lastSelfTest: SelfTestResult | null, testing = false): TerminalView {
  return fixture.terminal({ selfTesting: testing }, { lastSelfTest });
}

describe('clerk', () => {
  async function open(shown: TerminalView): Promise<void> {
    hub.view = fixture.clerkView({ terminals: [shown] });
    hub.requests.length = 0;
    await page.goto(hub.origin);
    await page.getByRole('heading', { name: 'Annoncer une personne' }).waitFor();
  }
  const button = () => page.getByRole('button', { name: 'Tester la borne' });

  it('asks for a test, waits while it lasts, and reads that all is well, without scrolling', async () => {
    await open(terminal(null));
    await page.getByText('Image et son : pas encore vérifiés.').waitFor();
    await look('clerk-self-test-never');
    await button().click();
    await expect.poll(() => hub.requests.map(({ type }) => type)).toEqual(['selfTest']);
    expect(hub.requests[0]).toMatchObject({ terminalId: terminal(null).terminalId });
    hub.show(fixture.clerkView({ terminals: [terminal(null, true)] }));
    await page.getByText('Vérification en cours…').waitFor();
    expect(await button().getAttribute('aria-disabled')).toBe('true');
    await look('clerk-self-test-under-way');
    hub.show(fixture.clerkView({ terminals: [terminal(well)] }));
    await page.getByText('Image et son vérifiés : tout va bien').waitFor();
    await page.getByText('Prête à accueillir').waitFor();
    expect(
      await page.evaluate(() => document.documentElement.scrollHeight - innerHeight),
    ).toBeLessThanOrEqual(0);
    await look('clerk-self-test-well');
  });

  it('reads what is wrong and what to do', async () => {
    await open(terminal(echoing));
    await page.getByText('La pièce renvoie trop d’écho.').waitFor();
    await page.getByText('L’image de la caméra est noire.').waitFor();
    await page.getByText('Utilisable, avec une réserve').waitFor();
    await look('clerk-self-test-echo');
    hub.show(fixture.clerkView({ terminals: [terminal(broken)] }));
    await page.getByText('Vérifiez qu’il est branché et que son bouton n’est pas sur arrêt.').waitFor();
    await look('clerk-self-test-silent');
  });

  it('is told why the terminal does not test itself', async () => {
    hub.onRequest = () => ({ ok: false, code: 'terminalBusy', by: null });
    await open(terminal(well));
    await button().click();
    await page.getByRole('alert').getByText('Cette borne a déjà une visite.').waitFor();
    hub.onRequest = () => accepted;
    await look('clerk-self-test-refused');
  });

  it('cannot ask while somebody is there', async () => {
    await open(fixture.terminal({ stage: 'waiting' }, { lastSelfTest: well }));
    expect(await button().isDisabled()).toBe(true);
  });
});

describe('operator', () => {
  it('reads the latest of each terminal with its figures, and asks for another', async () => {
    const view = fixture.operatorView();
    const results = [well, echoing, broken];
    hub.view = {
      ...view,
      terminals: view.terminals.map((one, at) => ({ ...one, lastSelfTest: results[at] ?? null })),
    };
    hub.requests.length = 0;
    await page.goto(hub.origin);
    await page.getByText('La pièce renvoie trop d’écho').waitFor();
    await page.getByText(/son −33\sdB, bruit −62\sdB, retard 84\sms, écho réduit de 41\sdB/).waitFor();
    await look('fleet-self-test');
    await page.getByRole('button', { name: 'Tester la borne « Salle des mariages »' }).click();
    await expect.poll(() => hub.requests.map(({ type }) => type)).toEqual(['selfTest']);
  });
});

describe('counsellor', () => {
  it('tries the own devices; nothing is sent; a headset is no fault', async () => {
    hub.view = fixture.counsellorView({ queue: [fixture.visit()] });
    hub.requests.length = 0;
    await page.goto(hub.origin);
    await page.getByRole('button', { name: 'Faire un essai' }).click();
    await page.getByText('Essai en cours').waitFor();
    const picture = page.getByLabel('Votre image');
    await expect
      .poll(() => picture.evaluate((video: HTMLVideoElement) => video.videoWidth))
      .toBeGreaterThan(0);
    await look('queue-own-test-under-way');
    // The fake microphone hears no loudspeaker, as one of a headset would not.
    await page.getByText('Votre micro n’a pas entendu les sons.').waitFor();
    await page.getByText('Votre caméra et votre micro fonctionnent.').waitFor();
    await look('queue-own-test-done');
    expect(hub.requests).toEqual([]);
  });

  it('stops it by hand, and by picking somebody up: the devices are free at once', async () => {
    await page.evaluate(() => {
      const streams: MediaStream[] = [];
      Object.assign(window, { streams });
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await open(wanted);
        streams.push(stream);
        return stream;
      };
    });
    const tracks = () =>
      page.evaluate(() =>
        (Reflect.get(window, 'streams') as MediaStream[]).flatMap((stream) =>
          stream.getTracks().map(({ kind, readyState }) => `${kind} ${readyState}`),
        ),
      );
    await page.getByRole('button', { name: 'Refaire l’essai' }).click();
    await expect.poll(tracks).toEqual(['video live']);
    await page.getByRole('button', { name: 'Arrêter' }).click();
    await expect.poll(tracks).toEqual(['video ended']);
    await page.getByRole('button', { name: 'Faire un essai' }).click();
    await expect.poll(tracks, { timeout: 10_000 }).toEqual(['video ended', 'video ended', 'audio live']);
    hub.show(fixture.inVisit(hub.roomOrigin));
    await page.getByRole('heading', { name: 'Madame Martin' }).waitFor();
    await expect.poll(tracks).toEqual(['video ended', 'video ended', 'audio ended']);
    expect(complaints.splice(0)).toEqual([]);
  });
});
