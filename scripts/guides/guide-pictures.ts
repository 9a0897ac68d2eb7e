/** Which pages each guide shows, and how a person gets there. */
import type { Page } from '@playwright/test';

interface GuidePicture {
  /** Of the file in docs/pictures/guides, without ".png". */
  readonly name: string;
  /** px from the top, where the rest of the page says nothing more; by default all that a laptop shows. */
  readonly height?: number;
  /** Returns once the page says what is to be seen. */
  readonly show: (page: Page) => Promise<unknown>;
}

interface GuideReader {
  readonly email: string;
  readonly pictures: readonly GuidePicture[];
}

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
/** Its name grows a number where something waits. */
const questions = (page: Page) => page.getByRole('link', { name: /^Questions/ }).click();

async function nextWeek(page: Page, somebody: string): Promise<void> {
  await link(page, 'Rendez-vous');
  await page.getByRole('button', { name: 'Semaine suivante' }).click();
  await page.getByText(somebody).first().waitFor();
}

async function sheet(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: /^Fiches/ }).click();
  await page.getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { name: title, level: 2 }).waitFor();
}

export const GUIDE_PICTURES: readonly GuideReader[] = [
  {
    email: 'secretaire@saint-martin.example',
    pictures: [
      {
        name: 'secretaire-accueil',
        show: (page) => page.getByText('Madame Alice Robin').first().waitFor(),
      },
      {
        name: 'secretaire-rendez-vous',
        show: (page) => nextWeek(page, 'Madame Odette Fournier'),
      },
      {
        name: 'secretaire-questions',
        show: async (page) => {
          await questions(page);
          await page.getByRole('link', { name: /Madame Martine Lenoir/ }).click();
          await page.getByRole('button', { name: 'Imprimer la réponse' }).waitFor();
        },
      },
      {
        name: 'secretaire-fiches',
        height: 560,
        show: (page) => sheet(page, 'Demander une aide au logement'),
      },
      {
        name: 'secretaire-chiffres',
        height: 560,
        show: async (page) => {
          await link(page, 'Chiffres');
          await page.getByText(/visites ont permis/).waitFor();
        },
      },
      {
        name: 'secretaire-donnees',
        height: 560,
        show: async (page) => {
          await link(page, 'Données');
          await page.getByLabel('Nom', { exact: true }).fill('Martine Lenoir');
          await page.getByRole('button', { name: 'Chercher' }).click();
          await page.getByText('au nom de').waitFor();
        },
      },
    ],
  },
  {
    email: 'nadia@office.example',
    pictures: [
      {
        name: 'conseiller-visites',
        show: (page) => page.getByText('Madame Alice Robin').first().waitFor(),
      },
      { name: 'conseiller-rendez-vous', show: (page) => nextWeek(page, 'avec Nadia Belkacem') },
      { name: 'conseiller-fiches', show: (page) => sheet(page, 'Signaler un changement de situation') },
    ],
  },
  {
    email: 'helene@office.example',
    pictures: [
      {
        name: 'correspondant-repondre',
        show: async (page) => {
          await questions(page);
          await page.getByRole('link', { name: /Madame Simone Joly/ }).click();
          await page.getByLabel('Votre réponse').waitFor();
        },
      },
      {
        name: 'correspondant-fiche',
        show: async (page) => {
          await page.getByRole('link', { name: /Madame Martine Lenoir/ }).click();
          await page.getByRole('button', { name: 'En faire une fiche' }).waitFor();
        },
      },
    ],
  },
  {
    email: 'yasmine@france-services.example',
    pictures: [
      {
        name: 'agent-accueil',
        show: (page) => page.getByText('Monsieur Jean Delmas').first().waitFor(),
      },
      { name: 'agent-rendez-vous', show: (page) => nextWeek(page, 'Madame Odette Fournier') },
      {
        name: 'agent-questions',
        show: async (page) => {
          await questions(page);
          await page.getByRole('link', { name: /Madame Nicole Vidal/ }).click();
          await page.getByText('Précision de la mairie').waitFor();
        },
      },
    ],
  },
  {
    email: 'exploitant@val-clair.example',
    pictures: [
      {
        name: 'exploitant-code',
        show: async (page) => {
          await page.getByLabel('Nom de la borne').fill('Accueil');
          await page.getByRole('button', { name: 'Obtenir un code d’installation' }).click();
          const until = page.getByText('Valable jusqu’à');
          await until.waitFor();
          await until.scrollIntoViewIfNeeded();
        },
      },
    ],
  },
];

/** What the terminal's face shows, as src/renderer/preview has it. */
export const SCREEN_PICTURES = [
  { name: 'borne-pas-en-service', state: 'out-of-service-new' },
  { name: 'borne-libre', state: 'idle' },
] as const;
