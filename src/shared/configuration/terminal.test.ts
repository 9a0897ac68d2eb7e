import { describe, expect, it } from 'vitest';
import { contrastWithWhite, terminalConfiguration } from './terminal.ts';

const smallest = {
  hub: 'https://hub.example.fr/ignored',
  commune: { name: 'Saint-Martin-des-Prés', colour: '#1d4e5f', logo: null },
  printer: { driver: 'none' },
  scanner: { driver: 'none' },
};

describe('the configuration', () => {
  it('needs little: the rest has a default', () => {
    const read = terminalConfiguration.parse(smallest);
    expect(read.hub).toBe('https://hub.example.fr');
    expect(read.screens).toEqual({ face: { position: 'left' }, desk: { position: 'right' }, mode: 'kiosk' });
    expect(read.limits.pages).toBe(200);
  });

  it.each([
    ['plain http to another machine', { hub: 'http://hub.example.fr' }],
    ['plain http to a name that only looks like this machine', { hub: 'http://127.evil.example' }],
    ['a colour on which white cannot be read', { commune: { ...smallest.commune, colour: '#7fb7d0' } }],
    ['an unknown field', { printerr: null }],
  ])('refuses %s', (_what, change) => {
    expect(terminalConfiguration.safeParse({ ...smallest, ...change }).success).toBe(false);
  });

  it('accepts plain http on this machine only', () => {
    expect(terminalConfiguration.parse({ ...smallest, hub: 'http://127.0.0.1:4000' }).hub).toBe(
      'http://127.0.0.1:4000',
    );
  });
});

describe('contrastWithWhite', () => {
  it('agrees with the ends of the scale and a known middle (WCAG 2.2)', () => {
    expect(contrastWithWhite('#000000')).toBeCloseTo(21, 5);
    expect(contrastWithWhite('#ffffff')).toBeCloseTo(1, 5);
    expect(contrastWithWhite('#767676')).toBeCloseTo(4.54, 2);
  });
});

describe('the hub’s address', () => {
  it.each([
    ['https://HUB.example.fr:443/console/?a#b', 'https://hub.example.fr'],
    ['https://hub.example.fr:8443', 'https://hub.example.fr:8443'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('%s is written as a browser would', (hub, origin) => {
    expect(terminalConfiguration.parse({ ...smallest, hub }).hub).toBe(origin);
    expect(new URL(hub).origin).toBe(origin);
  });

  it.each([
    'https://name:secret@hub.example.fr',
    'https://',
    'http://localhost@elsewhere.example',
    'ftp://hub',
  ])('%s is refused', (hub) => {
    expect(terminalConfiguration.safeParse({ ...smallest, hub }).success).toBe(false);
  });
});
