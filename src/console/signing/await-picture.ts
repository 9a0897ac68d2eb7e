/** A page's picture once it is here; null: it cannot be had, or not in time. */
import { type PagePictures, pageKey } from '../page-pictures.ts';

/** ms. */
const PATIENCE = 8_000;

export function awaitPicture(pictures: PagePictures, documentId: string, page: number): Promise<Blob | null> {
  return new Promise((resolve) => {
    const end = (picture: Blob | null) => {
      clearTimeout(late);
      stop();
      resolve(picture);
    };
    const look = () => {
      const state = pictures.snapshot().get(pageKey(documentId, page));
      if (state?.kind === 'here') end(state.blob);
      else if (state?.kind === 'failed') end(null);
    };
    const late = setTimeout(() => end(null), PATIENCE);
    const stop = pictures.subscribe(look);
    pictures.want(documentId, page);
    look();
  });
}
