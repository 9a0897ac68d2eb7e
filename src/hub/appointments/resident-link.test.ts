import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createResidentLinks } from './resident-link.ts';

const origin = () => 'https://hub.example';

test('a link leads to its appointment, under every hub’s same key, and after a change of secret', () => {
  const [former, current] = [randomBytes(32), randomBytes(32)];
  const id = randomUUID();
  const token = createResidentLinks({ keys: [former], origin }).tokenOf(id);
  expect(createResidentLinks({ keys: [former], origin }).read(token)).toBe(id);
  expect(createResidentLinks({ keys: [current, former], origin }).read(token)).toBe(id);
  expect(createResidentLinks({ keys: [current], origin }).read(token)).toBeNull();
  expect(createResidentLinks({ keys: [former], origin }).addressOf(id)).toBe(
    `https://hub.example/rendez-vous/${token}`,
  );
});

test('no token of one appointment opens another, whichever of its bytes is changed', () => {
  const links = createResidentLinks({ keys: [randomBytes(32)], origin });
  const token = Buffer.from(links.tokenOf(randomUUID()), 'base64url');
  for (let at = 0; at < token.length; at += 1) {
    const changed = Buffer.from(token);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(links.read(changed.toString('base64url'))).toBeNull();
  }
  for (const wrong of [
    '',
    'A',
    token.subarray(1).toString('base64url'),
    `${token.toString('base64url')}AAAA`,
  ]) {
    expect(links.read(wrong)).toBeNull();
  }
});
