/** A drawn page as the desk screen fetches it. */
import sharp from 'sharp';
import type { Picture } from './contract.ts';
import type { RawPicture } from './pdf-engine.ts';

/** PNG at its fastest: text stays as sharp as it was drawn, and on a page it costs no more time or bytes than JPEG. */
export async function encodePicture(raw: RawPicture, pages: number): Promise<Picture> {
  const { width, height } = raw;
  const encoded = await sharp(raw.pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { bytes: new Uint8Array(encoded), type: 'image/png', width, height, pages };
}
