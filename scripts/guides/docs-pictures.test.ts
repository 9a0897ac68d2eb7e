/** No page of the docs names a picture that is not there, and no picture lies there that no page shows. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { GUIDE_PICTURES, SCREEN_PICTURES } from './guide-pictures.ts';

const docs = path.resolve(import.meta.dirname, '../../docs');
/** Whatever a page shows of docs/pictures, written as Markdown or as HTML; from `docs`. */
const NAMED = /(?<=[("](?:\.\/)?(?:docs\/)?)pictures\/[^)"\s]+/g;

function named(files: readonly string[]): Set<string> {
  return new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(NAMED) ?? []));
}

it('every picture is shown by a page, and every page finds its pictures', () => {
  const pages = readdirSync(docs)
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join(docs, file));
  const there = readdirSync(path.join(docs, 'pictures'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(docs, path.join(entry.parentPath, entry.name)));
  expect([...named([...pages, path.resolve(docs, '../README.md')])].sort()).toEqual(there.sort());
});

it('the pictures of the guides are those that npm run guides takes', () => {
  const pages = GUIDE_PICTURES.flatMap(({ pictures }) => pictures.map(({ name }) => `${name}.png`));
  const taken = [...pages, ...SCREEN_PICTURES.map(({ name }) => `${name}.png`)];
  expect(readdirSync(path.join(docs, 'pictures/guides')).sort()).toEqual(taken.sort());
});

it('whoever cannot see a picture of a guide is told what it shows', () => {
  for (const guide of ['clerk.md', 'counsellor.md', 'correspondent.md', 'france-services.md', 'install.md']) {
    const pictures = [...readFileSync(path.join(docs, guide), 'utf8').matchAll(/!\[(.*?)\]\(/g)];
    expect(pictures.length).toBeGreaterThan(1);
    for (const [, told] of pictures) expect(told?.length).toBeGreaterThan(20);
  }
});
