import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

test.each([
  ['localhost', true],
  ['hub.localhost', true],
  ['LOCALHOST', true],
  ['127.0.0.1', true],
  ['127.0.0.53', true],
  ['::1', true],
  ['[::1]', true],
  ['128.0.0.1', false],
  ['127.evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['127.0.0.256', false],
  ['127.1', false],
  ['localhost.evil.example', false],
  ['evil-localhost', false],
  ['::', false],
  ['0.0.0.0', false],
  ['', false],
])('%s is this machine: %s', (host, loopback) => {
  expect(isLoopback(host)).toBe(loopback);
});
