import { expect, it } from 'vitest';
import { strangeArguments } from './command-line.ts';

it('knows the configuration’s file and nothing else', () => {
  expect(strangeArguments([])).toEqual([]);
  expect(strangeArguments(['--config=/etc/vis-a-vis/terminal.json'])).toEqual([]);
});

it.each([
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--inspect',
  '--js-flags=--expose-gc',
  '--no-sandbox',
  '--proxy-server=http://127.0.0.1:8080',
  '--ignore-certificate-errors',
  '--config',
  '--config=',
  '-config=/tmp/x',
  '--Config=/tmp/x',
  '/tmp/another-app',
  '',
])('refuses %s, whatever stands beside it', (strange) => {
  expect(strangeArguments(['--config=/etc/vis-a-vis/terminal.json', strange])).toEqual([strange]);
});
