/** What is really on a screen, measured from the outside: sizes, places and colours as they were drawn. */
import type { Page } from '@playwright/test';
import sharp from 'sharp';

export interface DrawnText {
  readonly text: string;
  /** Computed, CSS pixels. */
  readonly fontSize: number;
  readonly fontFamily: string;
  /** Computed colour of the letters. */
  readonly colour: readonly [number, number, number];
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Only for those who hear the page. */
  readonly unseen: boolean;
  /** What is wrong with its place, in words; empty when it is whole. */
  readonly faults: readonly string[];
}

/** Every piece of text on the page that has a box, also the one that only a screen reader meets. */
export function drawnTexts(page: Page): Promise<DrawnText[]> {
  return page.evaluate(() => {
    const found: DrawnText[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const parent = node.parentElement;
      if (text === '' || !parent) continue;
      const style = getComputedStyle(parent);
      if (style.visibility === 'hidden') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      if (range.getClientRects().length === 0) continue;
      const box = range.getBoundingClientRect();
      const faults: string[] = [];
      const unseen = parent.closest('.unseen') !== null;
      if (!unseen) {
        if (box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) {
          faults.push('leaves the screen');
        }
        for (
          let around: Element | null = parent;
          around && around !== document.body;
          around = around.parentElement
        ) {
          const frame = getComputedStyle(around);
          const isCard = frame.backgroundColor !== 'rgba(0, 0, 0, 0)' || frame.overflow !== 'visible';
          const edge = around.getBoundingClientRect();
          const inside =
            box.left >= edge.left - 1 &&
            box.right <= edge.right + 1 &&
            box.top >= edge.top - 1 &&
            box.bottom <= edge.bottom + 1;
          // An inline box is as high as its letters, not as its line.
          if (isCard && frame.display !== 'inline' && !inside) faults.push(`leaves <${around.className}>`);
          if (
            isCard &&
            (edge.top < -1 || edge.left < -1 || edge.right > innerWidth + 1 || edge.bottom > innerHeight + 1)
          ) {
            faults.push(`<${around.className}> leaves the screen`);
          }
          // What is placed by itself may stand beside its parent.
          if (frame.position === 'absolute') break;
        }
      }
      const [red = 0, green = 0, blue = 0] = (style.color.match(/[\d.]+/g) ?? []).map(Number);
      found.push({
        text,
        fontSize: Number.parseFloat(style.fontSize),
        fontFamily: style.fontFamily,
        colour: [red, green, blue],
        box: { x: box.x, y: box.y, width: box.width, height: box.height },
        unseen,
        faults,
      });
    }
    return found;
  });
}

/** Texts that lie over each other: nobody can read either. */
export function overlaps(texts: readonly DrawnText[]): string[] {
  const seen = texts.filter(({ unseen }) => !unseen);
  return seen.flatMap((one, n) =>
    seen
      .slice(n + 1)
      .filter((other) => share(letters(one), letters(other)))
      .map((other) => `"${one.text}" and "${other.text}"`),
  );
}

/** A box is higher than its letters: the font keeps room above and below that close-set lines share. */
function letters({ box, fontSize }: DrawnText): DrawnText['box'] {
  const room = fontSize * 0.2;
  return { ...box, y: box.y + room, height: box.height - 2 * room };
}

function share(one: DrawnText['box'], other: DrawnText['box']): boolean {
  return (
    Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x) > 0 &&
    Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y) > 0
  );
}

/**
 * The lowest contrast of each text against the pixels really drawn behind it (WCAG 2.2, contrast ratio), gradients and
 * pictures included: the letters are made invisible, and the ground is read from a picture of the screen.
 */
export async function contrasts(
  page: Page,
  texts: readonly DrawnText[],
): Promise<{ readonly text: string; readonly contrast: number }[]> {
  await page.evaluate(() => {
    document.documentElement.style.setProperty('-webkit-text-fill-color', 'transparent');
  });
  const picture = await page.screenshot();
  await page.evaluate(() => {
    document.documentElement.style.removeProperty('-webkit-text-fill-color');
  });
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return texts
    .filter(({ unseen }) => !unseen)
    .map(({ text, colour, box }) => {
      let contrast = Number.POSITIVE_INFINITY;
      const right = Math.min(box.x + box.width, info.width);
      const bottom = Math.min(box.y + box.height, info.height);
      for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y += 4) {
        for (let x = Math.max(0, Math.floor(box.x)); x < right; x += 4) {
          const at = (y * info.width + x) * 3;
          const ground = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0] as const;
          contrast = Math.min(contrast, contrastOf(colour, ground));
        }
      }
      return { text, contrast };
    });
}

type Colour = readonly [number, number, number];

function contrastOf(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
