/** `npm run issuer` serves the demo issuer as an OpenID provider, and says where. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { ended, startScript } from '../support/child.js';
import { watchProgram } from '../support/program.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const start = (args: readonly string[]) =>
  startScript('src/cli/issuer.ts', args, { PARTNER_CLOUD_KEYS: temporaryFolder() });

test('says where it is found, and ends when it is told to', async () => {
  const program = watchProgram('the issuer', start(['--port', '0']));
  const [, url] = await program.line(/^issuer listening on (http:\/\/127\.0\.0\.1:\d+)$/);
  const discovery = await fetch(`${url}/.well-known/openid-configuration`);
  expect(await discovery.json()).toMatchObject({ issuer: url, code_challenge_methods_supported: ['S256'] });
  expect(await program.end('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
});

test('a port that is none, or taken, is told with what would be right', async () => {
  const wrong = await ended(start(['--port', 'http']));
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringMatching(/^--port: "http" is not a whole number from 0 to 65535\.\nUsage:/),
  ]);
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const { code, stderr } = await ended(start(['--port', String(port)]));
  taken.close();
  expect([code, stderr]).toEqual([
    1,
    `--port: ${port} is taken, perhaps by an issuer that already runs; 0 takes any.\n`,
  ]);
});
