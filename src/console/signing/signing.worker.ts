/** Looks at one printed or scanned page away from the page's own thread. */
import { codePlace } from './code-place.ts';
import { type GreyPicture, greyOf } from './grey-picture.ts';
import { checkSheet, findCode } from './look-at-sheet.ts';
import { signJob } from './sign-job.ts';

/** Of pages as the terminal prints them, dots to the inch. */
const PRINTED = 300;
/** What sheets are compared at. */
const COMPARED = 150;
/** Dots across: a code is found in fewer, and a page of a finer scan takes too long. */
const WIDEST = 2_500;

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  void answer(data);
});

async function answer(data: unknown): Promise<void> {
  const job = signJob.parse(data);
  if (job.kind === 'places') {
    const pages = job.pages.map(async (page) =>
      codePlace({ ...page, picture: page.picture && (await grey(page.picture, 0.25)) }),
    );
    postMessage(await Promise.all(pages));
  } else if (job.kind === 'code') {
    const { data: rgba, width, height } = await dots(job.scan, 1);
    postMessage(findCode(rgba, width, height));
  } else {
    const printed = await grey(job.printed, COMPARED / PRINTED);
    const scan = await grey(job.scan, COMPARED / job.resolution);
    postMessage(checkSheet({ ...job, printed, scan }));
  }
}

async function grey(picture: Blob, scale: number): Promise<GreyPicture> {
  const { data, width, height } = await dots(picture, scale);
  return greyOf(data, width, height);
}

async function dots(picture: Blob, scale: number): Promise<ImageData> {
  const whole = await createImageBitmap(picture);
  const width = Math.max(1, Math.min(WIDEST, Math.round(whole.width * scale)));
  const height = Math.max(1, Math.round((whole.height * width) / whole.width));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser draws no pictures in workers.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(whole, 0, 0, width, height);
  whole.close();
  return context.getImageData(0, 0, width, height);
}
