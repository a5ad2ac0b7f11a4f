/** A service whose configuration names a bucket with Object Lock: each head it signs lies there too, retained, also the last one. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from '@jest/globals';
import { parseDocument } from 'yaml';
import { reportOrganization, requestProvider } from '../../src/cli/demo/journey.js';
import { readNote } from '../../src/domain/audit/checkpoint.js';
import { signedHeadOf } from '../../src/infrastructure/audit/signing-key.js';
import { startRunning } from '../support/service.js';
import { until } from '../support/waiting.js';
import { wholeService } from '../support/whole-service.js';

const whole = wholeService();
const Bucket = 'reseller-audit-heads';

/** The settings as they are shipped, with an archive and a head each second. */
function configWithArchive(folder: string): string {
  const file = join(folder, 'archiving.yaml');
  const document = parseDocument(readFileSync('config/partner-cloud.yaml', 'utf8'));
  document.setIn(['terms', 'folder'], resolve('config/terms'));
  document.setIn(['audit', 'headEverySeconds'], 1);
  document.setIn(['audit', 'archive'], { bucket: Bucket, region: 'us-east-1', prefix: 'heads/', retainDays: 30 });
  writeFileSync(file, document.toString());
  return file;
}

const s3 = () => new S3Client({ endpoint: whole.aws.url, region: 'us-east-1', forcePathStyle: true });

/** The folder in which the service keeps its heads. */
function headsFolder(): string {
  const all = join(whole.grounds.data, 'audit-heads');
  return join(all, readdirSync(all)[0] ?? '');
}

/** Each head that the service keeps, with the key of its object in the bucket. */
function heads(): readonly { readonly note: string; readonly Key: string }[] {
  const folder = headsFolder();
  const files = readdirSync(folder).filter((name) => name.endsWith('.checkpoint'));
  return files.map((name) => {
    const note = readFileSync(join(folder, name), 'utf8');
    const { root, keyId } = signedHeadOf(readNote(note));
    return { note, Key: `heads/${basename(folder)}/${name.replace('.', `-${root.slice(0, 16)}-${keyId}.`)}` };
  });
}

const readiness = async () =>
  (await (await fetch(`${whole.service.url}/health/ready`)).json()) as { ok: boolean; degraded: readonly string[] };

/** The service again, with an archive. */
async function startArchiving(): Promise<void> {
  const { grounds, service } = whole;
  await service.stop();
  Object.assign(grounds.env, { PARTNER_CLOUD_CONFIG: configWithArchive(join(grounds.keys, '..')) });
  whole.service = await startRunning(grounds);
}

async function record(name: string): Promise<void> {
  const { grounds, service } = whole;
  await reportOrganization(service.api, grounds.tokens);
  await requestProvider(service.api, grounds.tokens, name, name);
}

test('heads that a service signs lie in the bucket, byte for byte and retained, the one at its end among them', async () => {
  await startArchiving();
  using client = Object.assign(s3(), { [Symbol.dispose]: () => client.destroy() });
  await record('One');
  const waiting = await until(readiness, ({ degraded }) => degraded.includes('audit-archive'));
  expect(waiting.ok).toBe(true);
  expect(whole.service.logged()).toContain('could not be sent to its archive');

  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  await until(
    async () => existsSync(join(headsFolder(), 'archived-up-to')),
    (sent) => sent,
  );
  await record('Two');
  await whole.service.stop();

  const kept = heads();
  expect(kept.length).toBeGreaterThan(1);
  for (const { Key, note } of kept) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe(note);
    const { ObjectLockMode, ObjectLockRetainUntilDate = 0 } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    expect([ObjectLockMode, ObjectLockRetainUntilDate > new Date()]).toEqual(['COMPLIANCE', true]);
  }
});
