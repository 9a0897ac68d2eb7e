/**
 * A built page made into one response: its script and its style inside it, allowed by their hashes and nothing else.
 * On a country line every further request costs the person who waits for a face a round trip.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface InlinePage {
  readonly html: string;
  /** Sources for the page's content security policy. */
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

const SCRIPT = /<script type="module"[^>]* src="\.\/(assets\/[\w.-]+)"><\/script>/g;
const STYLE = /<link rel="stylesheet"[^>]* href="\.\/(assets\/[\w.-]+)"\s*\/?>/g;

/** @param file the built HTML; its assets lie beside it. */
export async function inlinePage(file: string): Promise<InlinePage> {
  const scripts: string[] = [];
  const styles: string[] = [];
  const asset = (name: string) => readFile(join(dirname(file), name), 'utf8');
  const html = await readFile(file, 'utf8');
  // A page that shares code with another loads it by its address, which an inlined script cannot.
  if (html.includes('rel="modulepreload"')) return { html, scripts: ["'self'"], styles: ["'self'"] };

  const withStyles = await replaceAsync(html, STYLE, async (name) => {
    const style = await asset(name);
    styles.push(hashSource(style));
    return `<style>${style}</style>`;
  });
  const whole = await replaceAsync(withStyles, SCRIPT, async (name) => {
    const script = (await asset(name)).replaceAll('</script', '<\\/script');
    scripts.push(hashSource(script));
    return `<script type="module">${script}</script>`;
  });
  return { html: whole, scripts, styles };
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

async function replaceAsync(
  text: string,
  pattern: RegExp,
  replace: (name: string) => Promise<string>,
): Promise<string> {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    result += text.slice(end, match.index) + (await replace(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  return result + text.slice(end);
}
