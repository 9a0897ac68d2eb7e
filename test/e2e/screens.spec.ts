/** The two screens when displays are pulled, pages crash, or somebody tries to leave them. */
import type { TerminalProcess } from '#rig/terminal-process.ts';
import { until } from '#rig/until.ts';
import { crash, textOf } from './crashed-pages.ts';
import { expect, FORM, test } from './fixtures.ts';
import { expectMoving } from './moving-picture.ts';

/** Position and size of a page's window, read by the page itself. */
function place(page: Awaited<ReturnType<TerminalProcess['page']>>) {
  return page.evaluate(() => ({ x: screenX, y: screenY, width: innerWidth, height: innerHeight }));
}

test('a display pulled in the middle of a visit: both share the other, and spread again', async ({
  call,
  clerk,
  nadia,
  resident,
  town,
}) => {
  expect(call).toBeUndefined();
  await nadia.takeForm(FORM);
  await nadia.showOnDesk(FORM);
  const [face, desk] = [await resident.face(), await resident.desk()];

  await town.displays.removeOutput('DUMMY1');
  await expect.poll(() => place(face)).toEqual({ x: 0, y: 0, width: 960, height: 1080 });
  await expect.poll(() => place(desk)).toEqual({ x: 960, y: 0, width: 960, height: 1080 });
  await expect(desk.locator('img').first()).toBeVisible();
  await resident.expectFace('Nadia Belkacem');
  await expectMoving(nadia.roomFrame);
  await clerk.expectTerminal(/écran/i);

  await town.displays.restoreOutput('DUMMY1');
  await expect.poll(() => place(face)).toEqual({ x: 0, y: 0, width: 1920, height: 1080 });
  await expect.poll(() => place(desk)).toEqual({ x: 1920, y: 0, width: 1280, height: 1024 });
  await expect(desk.locator('img').first()).toBeVisible();
  await nadia.expectCallLive();
});

test('a page that tries to leave stays where it is', async ({ resident, town }) => {
  await resident.expectPlaceFree();
  for (const page of [await resident.face(), await resident.desk()]) {
    const before = page.url();
    await page.evaluate(() => {
      location.href = 'https://example.invalid/';
    });
    expect(await page.evaluate(() => window.open('https://example.invalid/') === null)).toBe(true);
    expect(page.url()).toBe(before);
    await expect.poll(() => page.evaluate(() => document.body.innerText)).toMatch(/\S/);
  }
  // Whoever drives these pages from outside still waits for the navigation that never came.
  await town.terminal.kill9();
  await town.terminal.start();
});

test('a page has no Node, no camera, and fetches nothing from elsewhere', async ({ resident, town }) => {
  const screens = [
    [await resident.face(), ['greetingKey', 'onView', 'painted']],
    [await resident.desk(), ['onView', 'painted', 'sheetFailed']],
  ] as const;
  for (const [page, offered] of screens) {
    const found = await page.evaluate(async (hub) => {
      const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        (error: Error) => error.name,
      );
      const fetched = await fetch(hub).then(
        () => 'fetched',
        () => 'refused',
      );
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
      const known = Object.keys((window as unknown as { terminal: object }).terminal).sort();
      return {
        camera,
        fetched,
        injected: 'injected' in window,
        node: [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')],
        known,
      };
    }, town.hub.origin);
    expect(found.camera).toBe('NotAllowedError');
    expect(found.fetched).toBe('refused');
    expect(found.injected).toBe(false);
    expect(found.node).toEqual(['undefined', 'undefined']);
    expect(found.known).toEqual(offered);
  }
});

test('keys that close, reload or open tools do nothing', async ({ resident, town }) => {
  await resident.expectPlaceFree();
  await town.terminal.app().evaluate(({ webContents }) => {
    const keys = [
      ['W', ['control']],
      ['R', ['control']],
      ['I', ['control', 'shift']],
      ['F4', ['alt']],
      ['F11', []],
      ['F12', []],
      ['Q', ['control']],
    ] as const;
    for (const page of webContents.getAllWebContents()) {
      if (!/^app:\/\/(face|desk)\//.test(page.getURL())) continue;
      for (const [keyCode, modifiers] of keys) {
        page.sendInputEvent({ type: 'keyDown', keyCode, modifiers: [...modifiers] });
        page.sendInputEvent({ type: 'keyUp', keyCode, modifiers: [...modifiers] });
      }
    }
  });
  await resident.expectPlaceFree();
  const open = await town.terminal
    .app()
    .evaluate(
      ({ webContents }) => webContents.getAllWebContents().filter((one) => one.isDevToolsOpened()).length,
    );
  expect(open).toBe(0);
  expect(await place(await resident.face())).toEqual({ x: 0, y: 0, width: 1920, height: 1080 });
});

test('a crashed page is back in under two seconds, with what it showed', async ({ call, resident, town }) => {
  expect(call).toBeUndefined();
  await resident.expectFace('Nadia Belkacem');
  for (const [host, words] of [
    ['face', 'Nadia Belkacem'],
    ['desk', 'papiers'],
  ] as const) {
    const start = performance.now();
    await crash(town.terminal, host);
    await until(`${host} is back`, async () => (await textOf(town.terminal, host)).includes(words));
    expect(performance.now() - start).toBeLessThan(2_000);
  }
  // The crashed pages are lost to whoever drives them from outside: the later tests need a new terminal.
  await town.terminal.kill9();
  await town.terminal.start();
});
