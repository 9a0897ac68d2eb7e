/** docs/jitsi.md lists what is used of Jitsi, and nothing else: names are read from the code that uses them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { jitsiCommands, jitsiEvents, jitsiOptions } from '../src/shared/jitsi-api.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const source = read('src/shared/jitsi-api.ts');

/** The text from a line that begins with `from` to the first one that begins with `to`. */
function between(from: string, to: string): string {
  const start = source.indexOf(from);
  if (start < 0) throw new Error(`${from} is not in jitsi-api.ts any more.`);
  return source.slice(start, source.indexOf(to, start + from.length));
}

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);

function configKeys(): Record<'option' | 'config' | 'interface config', string[]> {
  const ticket = { origin: 'https://jitsi.example', room: 'room', jwt: 'jwt', password: null };
  const devices = { camera: 'c', microphone: 'm', speaker: 's' };
  const options = jitsiOptions({
    ticket,
    devices,
    displayName: 'x',
    parentNode: null,
    selfView: false,
    texts: false,
    sent: { audio: true, video: true },
  });
  const warmed = all(read('src/room-client/warm-deployment.ts'), /^ {4}'(\w+)[.=]/gm);
  return {
    option: Object.keys(options),
    config: [...new Set([...Object.keys(options.configOverwrite), ...warmed])],
    'interface config': Object.keys(options.interfaceConfigOverwrite),
  };
}

const used = {
  event: [...jitsiEvents],
  command: [...jitsiCommands],
  function: all(between('export interface JitsiApi', '\n}'), /readonly (\w+)\??: \(/g),
  ...configKeys(),
};

it.each(Object.entries(used))('names every %s that is used, once, and no other', (kind, names) => {
  const rows = all(read('docs/jitsi.md'), new RegExp(`^\\| (\`[^|]*) \\| ${kind} \\|`, 'gm'));
  const written = rows.flatMap((row) => all(row, /`(\w+)`/g));
  expect(names.length).toBeGreaterThan(3);
  expect(written.toSorted()).toEqual(names.toSorted());
});
