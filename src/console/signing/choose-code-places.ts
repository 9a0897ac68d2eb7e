/** Where the code is printed on each page of a form: beside its fields and whatever is laid or printed on it. */
import type { DeskPlace } from '#shared/desk-live.ts';
import type { FillDraft } from '../forms/fill-draft.ts';
import type { FormModel } from '../forms/form-model.ts';
import type { PagePictures } from '../page-pictures.ts';
import { awaitPicture } from './await-picture.ts';
import type { SheetDesk } from './sheet-desk.ts';

/** Of a longer document the other pages are taken to have white corners: each picture costs the line. */
const MOST_PICTURES = 12;

/** Null: the worker did not answer. */
export async function chooseCodePlaces(
  { documentId, laid, signHere }: FillDraft,
  model: FormModel,
  pictures: PagePictures,
  desk: SheetDesk,
): Promise<readonly DeskPlace[] | null> {
  const written = [
    ...model.fields.flatMap(({ widgets }) => widgets),
    ...laid,
    ...(signHere ? [signHere] : []),
  ];
  const pages = model.pages.map(async ({ width, height }, at) => ({
    ...{ width, height },
    picture: at < MOST_PICTURES ? await awaitPicture(pictures, documentId, at + 1) : null,
    taken: written.filter(({ page }) => page === at + 1).map(({ place }) => place),
  }));
  return desk.places(await Promise.all(pages));
}
