/** A counsellor's browser that joins calls and does nothing else. */
import { chromium } from '@playwright/test';
import { cameraAndMicrophoneSwitches } from '#rig/fake-media.ts';
import type { HubProcess } from '#rig/hub-process.ts';
import { NADIA } from './people.ts';

/** Joins whatever call the counsellor picked up, as her console does by itself. */
export async function openNadiasBrowser(
  { origin, demo }: HubProcess,
  switches: readonly string[] = [],
): Promise<() => Promise<void>> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...cameraAndMicrophoneSwitches(),
      '--disable-gpu',
      ...switches,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const page = await browser.newPage();
  await page.goto(origin);
  await page.getByLabel('Adresse électronique').fill(NADIA);
  const { password = '' } = demo.accounts.find(({ email }) => email === NADIA) ?? {};
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click();
  await page.getByRole('button', { name: 'Se déconnecter' }).waitFor();
  return () => browser.close();
}
