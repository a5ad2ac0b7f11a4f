/** `npm run audit` on a log that was moved to a server: the same commands, with an address instead of a file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Migrated, migrateLog } from '../../../../src/composition/audit/migrate-log.js';
import { verifyServer } from '../../../../src/composition/verification/verify-server.js';
import { openSigner } from '../../../../src/infrastructure/audit/signing-key.js';
import { ended, startScript } from '../../../support/child.js';
import { type SmallServer, startSmallServer } from '../../../support/eventstoredb/server.js';
import { unpacked, verified } from '../../../support/evidence-pack.js';
import { copyOf, makeLog } from '../../../support/tampered-log.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

let server: SmallServer;
let folder: string;
let moved: Migrated;
let key: string;
let head: string;

/** The prefix that the configuration has. */
const prefix = 'partnercloud';

beforeAll(async () => {
  server = await startSmallServer();
  folder = temporaryFolder();
  const to = { address: server.url, prefix };
  moved = await migrateLog({ from: copyOf(await makeLog(), false), to, told: () => undefined, now: Date.now() });
  const found = await verifyServer({ log: to, head: undefined, keys: [] });
  const signer = openSigner(new Uint8Array(32).fill(5), `partner-cloud/${moved.to}`);
  const { leaves: size = 0, root = '' } = found ?? {};
  const heads = join(folder, 'audit-heads', moved.to);
  mkdirSync(heads, { recursive: true });
  [head, key] = [join(heads, `${String(size).padStart(15, '0')}.checkpoint`), join(folder, 'key')];
  writeFileSync(head, signer.signHead({ origin: signer.origin, size, root }).note);
  writeFileSync(key, `${signer.publicKey}\n`);
});
afterAll(() => server.stop());

const audit = (...args: readonly string[]) =>
  ended(
    startScript('src/cli/audit.ts', args, { PARTNER_CLOUD_DATA: folder, PARTNER_CLOUD_EVENT_STORE_URL: server.url }),
  );

test('verify holds it against a head, and names the move as a gap', async () => {
  const { code, stdout, stderr } = await audit('verify', '--head', head, '--key', key);
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^NOT OK: nothing was changed, but the log has a gap/);
  expect(stdout).toContain('its signature: checked');
});

test('why tells the story of an account, and evidence proves it offline', async () => {
  const story = await audit('why', '123456789012');
  expect([story.code, story.stderr]).toEqual([0, '']);
  expect(story.stdout).toMatch(/AWS made the account 123456789012 at payer-1\.\n.*at [0-9a-f-]{36}:\d+/);
  const nobody = await audit('why', '999999999999');
  expect(nobody.stderr).toMatch(
    /^No account 999999999999 is on record in the log partnercloud on 127\.0\.0\.1:\d+\.$/m,
  );
  const to = join(folder, 'evidence.zip');
  const packed = await audit('evidence', 'p1', '--key', key, '--to', to);
  expect([packed.code, packed.stderr]).toEqual([0, '']);
  expect(verified(unpacked(readFileSync(to)))).toEqual({ code: 0, words: expect.stringMatching(/^OK: \d+ facts/) });
});

test('replay folds a read model up to the end', async () => {
  const to = join(folder, 'then.db');
  const { code, stdout } = await audit('replay', 'provider-status', '--to', to);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/has provider-status as of/)]);
  using db = new DatabaseSync(to, { readOnly: true });
  expect(db.prepare('SELECT count(*) AS n FROM provider_status').get()?.n).toBe(3);
});
