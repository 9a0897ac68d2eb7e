/**
 * The built pages in Debian's Chromium, with a pretended main process: nothing is served on any port, each request of
 * the page is answered from dist/ under the policy that the terminal gives its pages.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { until } from '#rig/until.ts';
import { sealWords } from '#sealing/page-words.ts';
import type { ScreenView } from '#shared/ipc.ts';
import { greetingName } from '#shared/sealing.ts';

const renderer = path.resolve(import.meta.dirname, '../../../dist/renderer');
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** What the page has said and what went wrong in it. */
interface PageRecord {
  readonly errors: string[];
  readonly failedSheets: [string, number][];
  painted: number;
}

export interface OpenScreen {
  readonly page: Page;
  readonly record: PageRecord;
  /** Shows a view and waits until its pictures are decoded. */
  readonly show: (view: ScreenView) => Promise<void>;
}

interface PretendedMain {
  show?: (view: ScreenView) => void;
  terminal: unknown;
  sheetFailed: (documentId: string, page: number) => void;
  painted: () => void;
  greetingKey: (publicKey: string) => void;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}

/** Opens one screen's page; page 3 of every document cannot be had, every other one is a drawn form. */
export async function openScreen(context: BrowserContext, screen: 'face' | 'desk'): Promise<OpenScreen> {
  const page = await context.newPage();
  const record: PageRecord = { errors: [], failedSheets: [], painted: 0 };
  page.on('pageerror', (error) => record.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') record.errors.push(message.text());
  });
  await page.clock.setFixedTime(new Date('2026-11-23T13:05:00Z'));
  const form = await drawForm();
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.pathname.startsWith('/page/')) {
      if (url.pathname.endsWith('/3')) return route.fulfill({ status: 404 });
      return route.fulfill({
        body: form,
        contentType: 'image/png',
        headers: { 'cache-control': 'no-store' },
      });
    }
    const folder = url.pathname.startsWith('/assets/') ? '' : screen;
    const file = path.join(renderer, folder, path.normalize(url.pathname));
    const contentType = types[path.extname(file)];
    if (!file.startsWith(renderer) || !contentType) return route.fulfill({ status: 404 });
    return route.fulfill({
      body: readFileSync(file),
      contentType,
      headers: { 'content-security-policy': policy, 'x-content-type-options': 'nosniff' },
    });
  });
  let greetingKey = '';
  await page.exposeFunction('greetingKey', (publicKey: string) => {
    greetingKey = publicKey;
  });
  await page.exposeFunction('painted', () => {
    record.painted += 1;
  });
  await page.exposeFunction('sheetFailed', (documentId: string, number: number) => {
    record.failedSheets.push([documentId, number]);
  });
  await page.addInitScript(() => {
    const main = window as unknown as PretendedMain;
    main.terminal = {
      onView: (listener: (view: ScreenView) => void) => {
        main.show = listener;
        return () => {
          delete main.show;
        };
      },
      painted: () => main.painted(),
      greetingKey: (publicKey: string) => main.greetingKey(publicKey),
      sheetFailed: (documentId: string, number: number) => main.sheetFailed(documentId, number),
    };
  });
  await page.goto(`http://${screen}.localhost/index.html`);
  await page.waitForFunction(() => (window as unknown as PretendedMain).show !== undefined);

  return {
    page,
    record,
    show: async (view) => {
      if (screen === 'face' && greetingKey === '') {
        // The page tells its key once it is shown something.
        await page.evaluate((first) => (window as unknown as PretendedMain).show?.(first), {
          ...view,
          at: { stage: 'closed' } as const,
        });
        await until('the page told its key', () => greetingKey !== '');
      }
      const sealed = await withSealedName(view, greetingKey);
      await page.evaluate((next) => (window as unknown as PretendedMain).show?.(next), sealed);
      await page.waitForFunction(() => document.querySelector('[data-opening]') === null);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.waitForFunction(() => document.querySelector('.paper.coming') === null);
      await page.evaluate(() =>
        Promise.allSettled([...document.images].map((image) => image.decode())).then(() => undefined),
      );
    },
  };
}

/** As the hub gives it. */
async function withSealedName(view: ScreenView, pageKey: string): Promise<ScreenView> {
  const { at } = view;
  if (!('guest' in at) || at.guest.greeting === null || pageKey === '') return view;
  const { visitId, greeting } = at.guest;
  const sealed = await sealWords(pageKey, greetingName(visitId), greeting);
  return { ...view, at: { ...at, guest: { ...at.guest, greeting: sealed } } };
}

let drawn: Promise<Buffer> | undefined;

function drawForm(): Promise<Buffer> {
  const rows = Array.from({ length: 13 }, (_, n) => {
    const y = 420 + n * 84;
    return `<rect x="110" y="${y}" width="360" height="16" rx="8" fill="#8d99a3"/><rect x="500" y="${y - 22}" width="630" height="56" fill="none" stroke="#8d99a3" stroke-width="3"/>`;
  });
  drawn ??= sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1240 1754" width="1240" height="1754"><rect width="1240" height="1754" fill="#fff"/><text x="110" y="190" font-family="sans-serif" font-size="64" font-weight="700" fill="#1c2b33">Déclaration de ressources</text><text x="110" y="270" font-family="sans-serif" font-size="38" fill="#1c2b33">À remplir avec votre conseiller</text>${rows.join('')}<rect x="700" y="1530" width="430" height="140" fill="#fff6dc" stroke="#d57b52" stroke-width="5"/><text x="724" y="1570" font-family="sans-serif" font-size="30" fill="#1c2b33">Signature</text></svg>`,
    ),
  )
    .png()
    .toBuffer();
  return drawn;
}
