import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../configuration.ts';

const folder = mkdtempSync(join(tmpdir(), 'provider-settings-'));
const file = join(folder, 'secret');
writeFileSync(file, 'a secret\n');
writeFileSync(join(folder, 'empty'), '\n');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RIGHT = {
  OIDC_ISSUER: 'https://provider.example/api/v2',
  OIDC_CLIENT_ID: 'hub',
  OIDC_CLIENT_SECRET_FILE: file,
};

test('off by default; ProConnect’s profile where it is on', () => {
  expect(readConfiguration({ OIDC_ISSUER: '' }).provider).toBeNull();
  expect(readConfiguration(RIGHT).provider).toEqual({
    issuer: new URL('https://provider.example/api/v2'),
    clientId: 'hub',
    clientSecret: 'a secret',
    signingAlgorithm: 'RS256',
    acr: 'eidas1',
    scopes: 'openid given_name usual_name email siret',
    maxAge: null,
    alwaysShared: false,
  });
});

test('what is not the default', () => {
  const set = {
    ...RIGHT,
    OIDC_ISSUER: 'http://127.0.0.1:9000',
    OIDC_SIGNING_ALGORITHM: 'ES256',
    OIDC_ACR: 'none',
    OIDC_SCOPES: 'openid siret email',
    OIDC_MAX_AGE: '3600',
    OIDC_SHARED_DESK: 'always',
  };
  expect(readConfiguration(set).provider).toMatchObject({
    signingAlgorithm: 'ES256',
    acr: null,
    scopes: 'openid siret email',
    maxAge: 3600,
    alwaysShared: true,
  });
});

describe('refused', () => {
  test.each([
    [{ ...RIGHT, OIDC_ISSUER: 'http://provider.example' }, /begins with https/],
    [{ ...RIGHT, OIDC_ISSUER: 'provider.example' }, /OIDC_ISSUER/],
    [{ ...RIGHT, OIDC_ISSUER: 'https://provider.example?x=1' }, /neither \?/],
    [{ ...RIGHT, OIDC_CLIENT_ID: '' }, /goes with OIDC_ISSUER/],
    [{ ...RIGHT, OIDC_CLIENT_SECRET_FILE: undefined }, /goes with OIDC_ISSUER/],
    [{ ...RIGHT, OIDC_CLIENT_SECRET_FILE: join(folder, 'none') }, /cannot be read/],
    [{ ...RIGHT, OIDC_CLIENT_SECRET_FILE: join(folder, 'empty') }, /is empty/],
    [{ ...RIGHT, OIDC_SIGNING_ALGORITHM: 'HS256' }, /OIDC_SIGNING_ALGORITHM/],
    [{ ...RIGHT, OIDC_ACR: 'high' }, /OIDC_ACR/],
    [{ ...RIGHT, OIDC_SCOPES: 'openid email' }, /siret are needed/],
    [{ ...RIGHT, OIDC_MAX_AGE: '5' }, /OIDC_MAX_AGE/],
    [{ OIDC_CLIENT_ID: 'hub' }, /without OIDC_ISSUER/],
  ])('%j', (variables, sentence) => {
    expect(() => readConfiguration(variables)).toThrow(sentence);
  });
});
