/** What the counsellor does and when the resident sees it: a page turned, a character typed. Both clocks are one machine's. */
import type { Page } from '@playwright/test';
import type { Measurement } from './figure.ts';
import type { MeasuredCounsellor } from './people.ts';
import { sitInVisit } from './sit-in-visit.ts';
import { tenPages } from './ten-pages.ts';
import { withClosers } from './with-closers.ts';

const TURNS = 18;
const LOOKED_AT_MS = 1_000;
const LETTERS = 'Marie-Therese Lefevre';
const FORM = 'Demande d’aide au logement';

interface Sitting {
  readonly nadia: MeasuredCounsellor;
  readonly desk: Page;
}

function sitting(measure: (sitting: Sitting) => Promise<Measurement>): Promise<Measurement> {
  return withClosers(async (close) => {
    const { town, nadia } = await sitInVisit(close);
    return measure({ nadia, desk: await town.terminal.page('desk') });
  });
}

/**
 * From the press on the arrow to the same page on the desk, to and fro through ten pages of text, each of which is looked
 * at for a second, as people do. Turned as fast as a machine can press, a page costs its decoding besides.
 */
export function measureTurn(): Promise<Measurement> {
  return sitting(async ({ nadia, desk }) => {
    await nadia.dropFile({ name: 'dossier.pdf', mimeType: 'application/pdf', buffer: await tenPages() });
    await nadia.showOnDesk('dossier.pdf');
    const values: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      const forward = turn < TURNS / 2;
      const page = forward ? turn + 2 : TURNS - turn;
      const button = nadia.card('dossier.pdf').getByRole('button', {
        name: forward ? 'Page suivante' : 'Page précédente',
      });
      const shown = desk.waitForFunction(
        (wanted) => {
          const picture = document.querySelector<HTMLImageElement>('.paper:not(.coming) img');
          return picture?.complete && picture.src.endsWith(`/${wanted}`) ? Date.now() : null;
        },
        page,
        { polling: 'raf', timeout: 20_000 },
      );
      await new Promise((resolve) => setTimeout(resolve, LOOKED_AT_MS));
      await button.click();
      const at = Number(await (await shown).jsonValue());
      values.push(at - (await nadia.pressedAt()));
    }
    return { unit: 'ms', values, baselines: [], allowance: { kind: 'most', amount: 150 } };
  });
}

/** From the key to the same character on the desk, large, in a form. */
export function measureTyped(): Promise<Measurement> {
  return sitting(async ({ nadia, desk }) => {
    await nadia.takeForm(FORM);
    await nadia.fill(FORM);
    await nadia.typeIn('Nom de naissance', '');
    await desk.locator('.live').waitFor();
    const values: number[] = [];
    for (let length = 1; length <= LETTERS.length; length += 1) {
      const shown = desk.waitForFunction(
        (wanted) => (document.querySelector('.written')?.textContent === wanted ? Date.now() : null),
        LETTERS.slice(0, length),
        { polling: 'raf', timeout: 20_000 },
      );
      const typed = Date.now();
      await nadia.page.keyboard.type(LETTERS.charAt(length - 1));
      values.push(Number(await (await shown).jsonValue()) - typed);
    }
    return { unit: 'ms', values, baselines: [], allowance: { kind: 'most', amount: 100 } };
  });
}
