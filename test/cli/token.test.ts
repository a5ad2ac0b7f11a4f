/** `npm run token` prints a token that the service takes, and nothing else. */
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { demoAudience, demoIssuerUrl, jwksFile } from '../../src/infrastructure/identity/demo/people.js';
import { openTokenVerifier } from '../../src/infrastructure/identity/token-verifier.js';
import { openLog } from '../../src/infrastructure/logging/pino-log.js';
import { ended, startScript } from '../support/child.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const token = (keys: string, ...args: readonly string[]) =>
  ended(startScript('src/cli/token.ts', args, { PARTNER_CLOUD_KEYS: keys }));

const log = openLog({ level: 'silent' });

test('the token alone goes to stdout, and verifies', async () => {
  const keys = join(temporaryFolder(), 'keys');
  const { code, stdout, stderr } = await token(keys, 'administrator');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const verifier = openTokenVerifier({ issuer: demoIssuerUrl, audience: demoAudience, jwks: jwksFile(keys) }, { log });
  expect(await verifier.verify(stdout.trim())).toMatchObject({ organization: 'acme', roles: ['administrator'] });
});

test('a service can be told for whom it works', async () => {
  const keys = join(temporaryFolder(), 'keys');
  const { stdout } = await token(keys, 'service', '--organizations', 'acme,globex', '--may-accept-terms');
  const verifier = openTokenVerifier({ issuer: demoIssuerUrl, audience: demoAudience, jwks: jwksFile(keys) }, { log });
  const { service } = await verifier.verify(stdout.trim());
  expect(service).toEqual({ organizations: ['acme', 'globex'], mayAcceptTerms: true });
  const { code, stderr } = await token(keys, 'member', '--may-accept-terms');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/member is no service/)]);
});

test.each([[['nobody']], [[]], [['administrator', 'member']]])(
  '%j is answered with the names there are',
  async (args) => {
    const { code, stdout, stderr } = await token(temporaryFolder(), ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/Usage: .*\n.*administrator +administrator of organization acme[\s\S]*service/);
  },
);
