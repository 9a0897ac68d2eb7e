/** A counsellor at the console, in the counsellor's own words. */
import { type Download, expect, type Frame, type Locator, type Page } from '@playwright/test';
import type { MadeFile } from './made-documents.ts';

export interface ScanWish {
  /** As the console says it: "Courrier"; letters are the default. */
  readonly purpose?: string;
  /** "Sur la vitre", "Dans le chargeur"; by default the scanner finds the paper. */
  readonly source?: string;
}

export interface CounsellorDesk {
  readonly page: Page;
  readonly pickUp: (name: string) => Promise<void>;
  readonly expectCallLive: () => Promise<void>;
  /** A form of the body's own library; resolves once the terminal has it. */
  readonly takeForm: (name: string) => Promise<void>;
  /** A file from the counsellor's own machine. */
  readonly chooseFile: (file: string | MadeFile) => Promise<void>;
  /** The same, where the terminal must take it. */
  readonly dropFile: (file: MadeFile) => Promise<void>;
  readonly card: (name: string) => Locator;
  /** Why a file was not taken, whoever refused it: this page or the terminal. */
  readonly refusal: (name: string) => Locator;
  readonly showOnDesk: (name: string) => Promise<void>;
  /** The document's first page, as large as the window allows. */
  readonly preview: (name: string) => Promise<Locator>;
  readonly closePreview: () => Promise<void>;
  /** Opens the document to be filled. */
  readonly fill: (name: string) => Promise<void>;
  readonly leaveFilling: () => Promise<void>;
  /** Prints what is being filled with its codes, to be signed; the sequence goes on by itself. */
  readonly printToSign: () => Promise<void>;
  /** Scans the signed pages; the signed copy that the browser saved. */
  readonly scanSigned: () => Promise<Buffer>;
  readonly printReceipt: () => Promise<void>;
  /** In the field of that label. */
  readonly typeIn: (label: string, value: string) => Promise<void>;
  /** The filled PDF that the browser saved; it is with the documents from then on. */
  readonly saveFilled: () => Promise<Buffer>;
  /** Prints what was filled, whatever is still missing. */
  readonly printFilled: () => Promise<void>;
  /** The code to compare aloud. */
  readonly checkCode: () => Promise<string>;
  readonly print: (name: string) => Promise<void>;
  readonly cancelPrint: (name: string) => Promise<void>;
  readonly scan: (wish?: ScanWish) => Promise<void>;
  readonly stopScan: () => Promise<void>;
  /** Asks for a paper before the camera; resolves once the resident is told. */
  readonly aim: () => Promise<void>;
  readonly shoot: () => Promise<void>;
  /** The last shot's picture, small. */
  readonly shot: () => Locator;
  readonly shotPanel: Locator;
  /** The pictures of the pages that this browser received. */
  readonly scannedPages: () => Locator;
  readonly expectScanned: (words: string | RegExp) => Promise<void>;
  /** The PDF that the browser saved. */
  readonly saveScan: () => Promise<Buffer>;
  /** To whom, as the console calls them: "À la file d’attente", a colleague, another body. */
  readonly handOver: (to: string | RegExp) => Promise<void>;
  readonly endVisit: () => Promise<void>;
  readonly expectIdle: () => Promise<void>;
  readonly isInVisit: () => Promise<boolean>;
  /** The deployment's frame in the console's room view, where the resident's picture is. */
  readonly roomFrame: () => Promise<Frame>;
}

export function counsellorDesk(page: Page): CounsellorDesk {
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const card = (name: string) => page.locator('.card').filter({ hasText: name }).first();
  const scanPanel = page.getByRole('region', { name: 'Numérisation' });
  const shotPanel = page.getByRole('region', { name: 'Papier montré à la caméra' });
  const chooseFile: CounsellorDesk['chooseFile'] = async (file) => {
    const chooser = page.waitForEvent('filechooser');
    await button('Parcourir').click();
    await (await chooser).setFiles(file);
  };
  /** Of a form, whatever is still missing in it. */
  const finish = async (how: 'Imprimer' | 'Enregistrer') => {
    await page.locator('.fill').getByRole('button', { name: how, exact: true }).click();
    const anyway = page.getByRole('button', { name: 'Continuer quand même' });
    const finished = page.getByRole('heading', { name: /\(rempli\)/ }).first();
    await expect(anyway.or(finished)).toBeVisible();
    if (await anyway.isVisible()) await anyway.click();
    await expect(finished).toBeVisible({ timeout: 15_000 });
  };
  return {
    page,
    card,
    refusal: (name) =>
      page
        .getByRole('region', { name: 'Documents' })
        .locator('.card, .notice')
        .filter({ hasText: name })
        .first(),
    pickUp: (name) => button(`Prendre ${name}`).click(),
    expectCallLive: () => expect(page.getByText('Vous êtes en ligne')).toBeVisible({ timeout: 20_000 }),
    async takeForm(name) {
      await button(/^Formulaires/).click();
      await page.getByRole('menuitem', { name }).click();
      await expect(card(name)).toContainText('prêt', { timeout: 15_000 });
    },
    chooseFile,
    async dropFile(file) {
      await chooseFile(file);
      await expect(card(file.name)).toContainText('prêt', { timeout: 15_000 });
    },
    async showOnDesk(name) {
      await card(name)
        .getByRole('button', { name: /^Montrer/ })
        .click();
      await expect(card(name)).toContainText('Sur le bureau : page 1');
    },
    async preview(name) {
      await card(name)
        .getByRole('button', { name: /^Aperçu/ })
        .click();
      const picture = page.getByRole('dialog').locator('img');
      await expect(picture).toBeVisible({ timeout: 15_000 });
      return picture;
    },
    closePreview: () => page.getByRole('dialog').getByRole('button', { name: 'Fermer' }).click(),
    async fill(name) {
      await card(name)
        .getByRole('button', { name: /^(Remplir|Continuer à remplir)/ })
        .click();
      await expect(page.getByRole('heading', { name: /^Remplir/ })).toBeVisible();
    },
    leaveFilling: () => button('Revenir aux documents').click(),
    async printToSign() {
      await page.locator('.fill').getByRole('button', { name: 'Imprimer pour signature' }).click();
      const anyway = page.getByRole('button', { name: 'Continuer quand même' });
      const finished = page.getByRole('heading', { name: /\(à signer\)/ }).first();
      await expect(anyway.or(finished)).toBeVisible();
      if (await anyway.isVisible()) await anyway.click();
      await expect(finished).toBeVisible({ timeout: 30_000 });
    },
    async scanSigned() {
      await button('Numériser les pages signées').click();
      const save = button('Enregistrer la copie signée');
      await expect(save).toBeVisible({ timeout: 60_000 });
      const download = page.waitForEvent('download');
      await save.click();
      return contentOf(await download);
    },
    async printReceipt() {
      await button('Reçu pour la personne').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Montrer et imprimer' }).click();
      await expect(page.getByRole('dialog')).toBeHidden({ timeout: 30_000 });
    },
    printFilled: () => finish('Imprimer'),
    async typeIn(label, value) {
      await page.locator('.fill-side').getByLabel(label).first().focus();
      await page.keyboard.type(value);
    },
    async saveFilled() {
      const download = page.waitForEvent('download');
      await finish('Enregistrer');
      return contentOf(await download);
    },
    async checkCode() {
      const line = page.getByText('Documents chiffrés, code').locator('strong');
      await expect(line).toBeVisible({ timeout: 15_000 });
      return (await line.textContent()) ?? '';
    },
    print: (name) => button(`Imprimer « ${name} »`).click(),
    cancelPrint: (name) => card(name).getByRole('button', { name: 'Annuler l’impression' }).click(),
    async scan({ purpose, source } = {}) {
      if (purpose) await scanPanel.getByRole('radio', { name: purpose }).check({ force: true });
      if (source) await scanPanel.locator('select').selectOption({ label: source });
      await scanPanel.getByRole('button', { name: /^(Numériser|Continuer)/ }).click();
    },
    shotPanel,
    async aim() {
      await shotPanel.getByRole('button', { name: /^(Montrer un papier|Reprendre la photo)/ }).click();
      await expect(shotPanel.getByRole('button', { name: 'Prendre la photo' })).toBeEnabled({
        timeout: 15_000,
      });
    },
    shoot: () => shotPanel.getByRole('button', { name: 'Prendre la photo' }).click(),
    shot: () => shotPanel.getByRole('button', { name: 'Agrandir la photo' }).locator('img'),
    stopScan: () => scanPanel.getByRole('button', { name: 'Arrêter' }).click(),
    scannedPages: () => scanPanel.getByRole('button', { name: /^Voir la page/ }),
    expectScanned: (words) => expect(scanPanel).toContainText(words, { timeout: 60_000 }),
    async saveScan() {
      const download = page.waitForEvent('download');
      await scanPanel.getByRole('button', { name: 'Enregistrer en PDF' }).click();
      return contentOf(await download);
    },
    async handOver(to) {
      await button('Passer la visite').click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('radio', { name: to }).check({ force: true });
      await dialog.getByRole('button', { name: 'Passer la visite' }).click();
      await expect(page.getByRole('heading', { name: 'Personnes qui attendent' })).toBeVisible();
    },
    async endVisit() {
      await button('Terminer la visite').click();
      const confirm = page
        .getByRole('alertdialog')
        .getByRole('button', { name: /^Terminer (quand même|sans reçu)$/ });
      const queue = page.getByRole('heading', { name: 'Personnes qui attendent' });
      await expect(confirm.or(queue).first()).toBeVisible();
      if (await confirm.isVisible()) await confirm.click();
    },
    isInVisit: () => button('Terminer la visite').isVisible(),
    async roomFrame() {
      const inner = () => page.frames().find((one) => one.parentFrame()?.parentFrame() === page.mainFrame());
      await expect.poll(() => inner() !== undefined).toBe(true);
      const frame = inner();
      if (!frame) throw new Error('The room view has no frame.');
      return frame;
    },
    expectIdle: () => expect(page.getByRole('heading', { name: 'Personnes qui attendent' })).toBeVisible(),
  };
}

async function contentOf(download: Download): Promise<Buffer> {
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
