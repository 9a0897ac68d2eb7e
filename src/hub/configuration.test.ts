import { describe, expect, test } from 'vitest';
import { readConfiguration } from './configuration.ts';

const TLS = { HUB_TLS_CERT: '/tls/cert.pem', HUB_TLS_KEY: '/tls/key.pem' };
const PROXY = {
  HUB_TRUST_PROXY: '1',
  HUB_ORIGIN: 'https://hub.example',
  ROOM_ORIGIN: 'https://room.example',
};

describe('plain HTTP', () => {
  test.each([
    [{}],
    [{ HUB_HOST: '127.0.0.1', HUB_PORT: '0' }],
    [{ HUB_HOST: '::1' }],
    [{ HUB_HOST: 'localhost', HUB_ORIGIN: 'http://localhost:9000' }],
    [{ HUB_HOST: '0.0.0.0', ...TLS }],
    [{ HUB_HOST: '10.1.2.3', ...PROXY }],
    [PROXY],
    [{ HUB_HOST: '10.1.2.3', ...PROXY, HUB_TRUST_PROXY: '10.1.2.4, fd00::/8' }],
  ])('accepted: %j', (variables) => {
    expect(readConfiguration(variables).host).toBe(
      'HUB_HOST' in variables ? variables.HUB_HOST : '127.0.0.1',
    );
  });

  test.each([
    [{ HUB_HOST: '0.0.0.0' }, /Plain HTTP on 0\.0\.0\.0 is refused/],
    [{ HUB_HOST: '192.168.1.5', HUB_TRUST_PROXY: '1' }, /is refused/],
    [{ HUB_HOST: '::', ...PROXY, ROOM_ORIGIN: 'http://room.example' }, /is refused/],
    [{ HUB_HOST: 'localhost.evil.example' }, /is refused/],
    [{ HUB_HOST: '127.evil.example' }, /is refused/],
    [{ HUB_ORIGIN: 'http://hub.example' }, /must be https/],
    [{ ...TLS, HUB_ORIGIN: 'http://hub.example' }, /begin with https/],
    [{ HUB_TLS_CERT: '/tls/cert.pem' }, /go together/],
    [{ ...PROXY, ROOM_ORIGIN: 'https://hub.example' }, /must differ/],
    [{ HUB_PORT: '70000' }, /HUB_PORT/],
    [{ HUB_TRUST_PROXY: 'yes' }, /"yes" is no address/],
    [{ HUB_TRUST_PROXY: '10.0.0.0/33' }, /is no address/],
    [{ HUB_ORIGIN: 'https://hub.example/path' }, /has no path/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
  ])('refused: %j', (variables, sentence) => {
    expect(() => readConfiguration(variables)).toThrow(sentence);
  });
});

test('an empty variable is none', () => {
  expect(readConfiguration({ HUB_PORT: '', HUB_TLS_CERT: '', DATABASE_URL: '' })).toMatchObject({
    port: 8443,
    roomPort: 8444,
    tls: null,
    database: { kind: 'folder' },
  });
});

test('a port chosen by the system is chosen for both', () => {
  expect(readConfiguration({ HUB_PORT: '0' })).toMatchObject({ port: 0, roomPort: 0 });
});
