/** Breaks a text into lines as a French typographer does: never before : ; ? ! », never after «. */
import { noBreakSpaces } from '#shared/no-break-spaces.ts';

export type WidthOf = (text: string) => number;

/** Each line is at most `width` wide; a word that is wider is cut. An empty paragraph is one empty line. */
export function breakLines(text: string, width: number, widthOf: WidthOf): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of noBreakSpaces(paragraph).split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (widthOf(longer) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      const pieces = cut(word, width, widthOf);
      lines.push(...pieces.slice(0, -1));
      line = pieces.at(-1) ?? '';
    }
    return [...lines, line];
  });
}

function cut(word: string, width: number, widthOf: WidthOf): string[] {
  const pieces = [''];
  for (const character of word) {
    const longer = `${pieces.at(-1)}${character}`;
    if (pieces.at(-1) === '' || widthOf(longer) <= width) pieces[pieces.length - 1] = longer;
    else pieces.push(character);
  }
  return pieces;
}
