/**
 * Provisions an account against `moto_server`, an AWS that we did not write, end to end, and applies the baseline twice: the
 * second time without a write. `npm run test:moto` runs it; without moto on the path it says so and ends.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metrics } from '../../src/application/ports/metrics.js';
import { desiredState } from '../../src/domain/baseline/desired-state.js';
import { type BaselineStep, baselineSteps } from '../../src/domain/provider/steps.js';
import { openAwsAccess } from '../../src/infrastructure/aws/calls/clients.js';
import { openEnsures } from '../../src/infrastructure/aws/ensures.js';
import { openSqliteVault } from '../../src/infrastructure/vault/sqlite-vault.js';
import { ended, eventually, makeAccount } from './account.js';
import { excludedOperations, excludedSteps } from './excluded.js';
import { makeServiceLinkedRole } from './made-by-hand.js';
import { type MotoServer, startMoto } from './server.js';
import { furnishMoto } from './world.js';

const moto = await startMoto();
if (!moto) console.log('moto_server is not on the path, so that nothing was tried against it.');
else await tryAll(moto);

async function tryAll({ url, close }: MotoServer): Promise<void> {
  const writes: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'partner-cloud-moto-'));
  try {
    const settings = { ...(await furnishMoto(url)), metrics: hearing(writes) };
    const access = openAwsAccess(settings);
    const vault = openSqliteVault({ file: join(folder, 'vault.db'), key: new Uint8Array(32).fill(7) });
    const ensures = openEnsures({ access, vault, settings, aloneSince: 0 });
    const work = await makeAccount(ensures);
    for (const step of ['LinkPayer', 'AwaitReadiness'] as const) await eventually(ensures[step], work);
    await makeServiceLinkedRole(access.account(work, 'way-in').iam);
    const steps = baselineSteps.filter((step) => !(step in excludedSteps));
    const objects = steps.flatMap((step) => desiredState(step, { ...settings, ...settings.baseline, ...work }));
    for (const step of steps) await eventually(ensures[step], work);
    console.log(`${work.accountId}: created, linked, ready, and ${objects.length} objects in ${steps.length} steps.`);
    const issued = await ended(ensures.IssueCredentials, { ...work, generation: 1, resetMfa: false });
    if (issued.type !== 'ProvisioningHalted' || issued.reason !== 'name-taken')
      throw new Error(`A lasting password must not be handed out, and it was: ${JSON.stringify(issued)}`);
    const sentSince = new Date().toISOString();
    const again = await eventually(ensures.IssueCredentials, { ...work, generation: 2, resetMfa: true, sentSince });
    console.log(`A password that need not be changed was noticed and not handed out; replaced: ${again.type}.`);
    writes.length = 0;
    await applyAgain(steps, async (step) => eventually(ensures[step], work));
    if (writes.length > 0) throw new Error(`The second application wrote: ${writes.join(', ')}`);
    console.log('A second application wrote nothing.');
    access.close();
    vault.close();
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const [step, why] of Object.entries(excludedSteps)) console.log(`excluded: ${step}, ${why}`);
  for (const operation of excludedOperations) console.log(`excluded: ${operation}`);
}

async function applyAgain(steps: readonly BaselineStep[], apply: (step: BaselineStep) => Promise<object>) {
  for (const step of steps) {
    const event = await apply(step);
    const changes = 'changes' in event && Array.isArray(event.changes) ? event.changes : [];
    if (changes.length > 0) throw new Error(`${step} is never as it should be: ${changes.join('; ')}`);
  }
}

/** Hears of every call that changes something. */
function hearing(writes: string[]): Metrics {
  return {
    measure: () => undefined,
    count(name, labels) {
      if (name !== 'partner_cloud_aws_calls_total') return;
      const { service, operation }: { readonly service?: string; readonly operation?: string } = Object(labels);
      if (!/^(Get|List|Describe|Head|Assume)/.test(operation ?? '')) writes.push(`${service}:${operation}`);
    },
  };
}
