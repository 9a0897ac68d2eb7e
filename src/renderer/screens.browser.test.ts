/** Every state of both screens, in a real browser under the terminal's own policy, read as a resident reads it. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenView } from '#shared/ipc.ts';
import { CAPTION_BAND, SELF_VIEW } from '#shared/screen-places.ts';
import { build } from '../../scripts/build.ts';
import { PREVIEW_DOCUMENT } from './preview/live-states.ts';
import { launchBrowser, type OpenScreen, openScreen } from './preview/open-screens.ts';
import { contrasts, drawnTexts, overlaps } from './preview/read-screen.ts';
import { previewStates } from './preview/states.ts';

const SMALLEST_TEXT = 32;
const LOWEST_CONTRAST = 7;

const displays = {
  '1920 × 1080': { viewport: { width: 1920, height: 1080 }, shared: false },
  '1280 × 1024': { viewport: { width: 1280, height: 1024 }, shared: false },
  'half of a shared 1920 × 1080': { viewport: { width: 960, height: 1080 }, shared: true },
};

let browser: Browser;

beforeAll(async () => {
  await build({ only: ['renderer'] });
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it('shows views that main could really send', () => {
  for (const state of previewStates) expect(screenView.safeParse(state.view).success, state.name).toBe(true);
});

describe.each(Object.entries(displays))('on %s', (_name, { viewport, shared }) => {
  describe.each(['face', 'desk'] as const)('the %s screen', (screen) => {
    let context: BrowserContext;
    let open: OpenScreen;

    beforeAll(async () => {
      // Without motion a state looks the same at each reading; what moves is moved by CSS alone.
      context = await browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'fr-FR' });
      open = await openScreen(context, screen);
    });
    afterAll(() => context.close());

    const states = previewStates.filter((state) => state.screen === screen);

    it.each(states.map((state) => [state.name, state] as const))(
      '%s can be read',
      async (_state, { view }) => {
        await open.show({ ...view, shared });
        const texts = await drawnTexts(open.page);

        expect(texts.length).toBeGreaterThan(0);
        expect(texts.filter((text) => text.fontSize < SMALLEST_TEXT)).toEqual([]);
        expect(texts.filter((text) => !text.fontFamily.startsWith('"Atkinson Hyperlegible"'))).toEqual([]);
        expect(texts.filter((text) => text.faults.length > 0)).toEqual([]);
        expect(overlaps(texts)).toEqual([]);
        expect(await open.page.locator('a, button, input, [tabindex], [onclick]').count()).toBe(0);
        // The grounds are the same at every size, but where a landscape lies behind the words.
        if (viewport.width < 1920 && view.at.stage !== 'idle') return;
        const unclear = (await contrasts(open.page, texts)).filter((text) => text.contrast < LOWEST_CONTRAST);
        expect(unclear).toEqual([]);
      },
    );

    it('said nothing to the console but the one page that could not be had', () => {
      const refused =
        screen === 'desk'
          ? ['Failed to load resource: the server responded with a status of 404 (Not Found)']
          : [];
      expect(open.record.errors).toEqual(refused);
      expect(open.record.painted).toBe(1);
      expect(open.record.failedSheets).toEqual(screen === 'desk' ? [[PREVIEW_DOCUMENT, 3]] : []);
    });
  });
});

describe('for who hears the screens', () => {
  it.each(['face', 'desk'] as const)(
    'the %s screen is whole to axe in every state',
    async (screen) => {
      const context = await browser.newContext({
        viewport: { width: 1920, height: 1080 },
        reducedMotion: 'reduce',
      });
      const { page, show } = await openScreen(context, screen);
      for (const state of previewStates.filter((one) => one.screen === screen)) {
        await show(state.view);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${state.name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
      }
      await context.close();
    },
    120_000,
  );
});

describe('what the screens promise to main', () => {
  it('spares the resident a page that would only flash by before the counsellor is seen', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1024 } });
    const { page, show } = await openScreen(context, 'face');
    const read = () => page.locator('body').innerText();
    await show(stateNamed('face', 'waiting-next'));
    const waiting = await read();
    await show(stateNamed('face', 'connecting'));
    expect(await read()).toBe(waiting);
    // One that takes longer is worth a page.
    await expect.poll(read, { timeout: 10_000 }).toContain('Votre conseiller arrive');
    await show(stateNamed('face', 'waiting-next'));
    await show(stateNamed('face', 'connecting'));
    await show(stateNamed('face', 'call-unseen'));
    expect(await read()).toContain('Votre image est cachée');
    await context.close();
  });

  it('keeps the caption inside the band that the room view leaves free', async () => {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const { page, show } = await openScreen(context, 'face');
    await show(stateNamed('face', 'live-long-microphone'));
    const top = 1080 * (1 - CAPTION_BAND);
    for (const text of await drawnTexts(page)) expect(text.box.y, text.text).toBeGreaterThanOrEqual(top);
    await context.close();
  });

  it('keeps the region of the resident’s own picture free of text', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1024 } });
    const { page, show } = await openScreen(context, 'desk');
    for (const name of [
      'self-view',
      'document-self-view',
      'document-self-view-scanning',
      'self-view-printing',
    ]) {
      await show(stateNamed('desk', name));
      for (const { text, box } of await drawnTexts(page)) {
        const beside = box.x + box.width <= 1280 * SELF_VIEW.x || box.y + box.height <= 1024 * SELF_VIEW.y;
        expect(beside, `${name}: ${text}`).toBe(true);
      }
    }
    await context.close();
  });

  it('keeps the page before on the desk until the next one can be shown', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1024 } });
    const { page, show } = await openScreen(context, 'desk');
    const view = stateNamed('desk', 'document');
    await show(view);
    const answer = new EventTarget();
    const held = new Promise((resolve) => {
      answer.addEventListener('now', resolve);
    });
    await page.route('**/page/*/2', async (route) => {
      await held;
      await route.fallback();
    });
    const asked = page.waitForRequest('**/page/*/2');
    const shown = show({ ...view, sheet: { ...view.sheet, page: 2 } as typeof view.sheet });
    await asked;
    expect(await visiblePages()).toEqual(['1']);
    answer.dispatchEvent(new Event('now'));
    await shown;
    expect(await visiblePages()).toEqual(['2']);
    await context.close();

    async function visiblePages(): Promise<string[]> {
      const pictures = await page.locator('.paper:not(.coming) img').all();
      return Promise.all(
        pictures.map(async (one) => (await one.getAttribute('src'))?.split('/').at(-1) ?? ''),
      );
    }
  });

  it('draws nothing of a visit once it is over, whatever the view still holds', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1024 } });
    const { page, show } = await openScreen(context, 'desk');
    await show(stateNamed('desk', 'document-printing'));
    expect(await page.locator('img').count()).toBe(1);
    await show({ ...stateNamed('desk', 'document-printing'), at: { stage: 'wiping', reason: 'completed' } });
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.work').count()).toBe(0);
    await context.close();
  });

  it('announces the next appointment by the mairie’s clock, larger than all but the time, and nothing once it is gone', async () => {
    const context = await browser.newContext({
      viewport: { width: 1920, height: 1080 },
      timezoneId: 'Pacific/Tahiti',
    });
    const { page, show } = await openScreen(context, 'face');
    const announced = page.locator('.next-appointment');
    const read = async () => (await announced.innerText()).replace(/\s+/g, ' ');
    await show(stateNamed('face', 'idle-next'));
    expect(await read()).toBe('Prochain rendez-vous à 15 h 30');
    const texts = await drawnTexts(page);
    const hour = texts.find(({ text }) => text.includes('15'));
    const larger = texts.filter(({ fontSize }) => fontSize > (hour?.fontSize ?? Number.POSITIVE_INFINITY));
    expect(larger.map(({ text }) => text)).toEqual(['03:05']);
    await show(stateNamed('face', 'idle-next-full-hour'));
    expect(await read()).toBe('Prochain rendez-vous à 9 h');
    await show(stateNamed('face', 'idle-next-far'));
    expect(await read()).toBe('Prochain rendez-vous à 10 h 30');
    await show(stateNamed('face', 'idle'));
    expect(await announced.count()).toBe(0);
    await context.close();
  });

  it('comes back by itself from a view that it cannot draw, and shows a calm sentence meanwhile', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 1024 } });
    const { page, show } = await openScreen(context, 'face');
    const good = stateNamed('face', 'idle');
    await show({ ...good, at: { stage: 'unheard-of' } } as unknown as typeof good);
    await page.getByText('Un instant').waitFor();
    await show(good);
    await page.getByText('La place est libre').waitFor({ timeout: 2_000 });
    await context.close();
  });
});

function stateNamed(screen: 'face' | 'desk', name: string) {
  const found = previewStates.find((state) => state.screen === screen && state.name === name);
  if (!found) throw new Error(`No such state: ${screen} ${name}`);
  return found.view;
}
