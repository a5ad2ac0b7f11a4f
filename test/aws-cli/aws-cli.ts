/**
 * Drives the simulated AWS with AWS CLI, which reads answers by models of its own: at least a hundred calls, good and
 * bad, in four rows side by side. `npm run test:aws-cli` runs it; without AWS CLI on the path it says so and ends.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instantLatencies } from '../../src/simulator/engine/latencies.js';
import { serveSimulator } from '../../src/simulator/engine/server.js';
import { openSimulator } from '../../src/simulator/simulator.js';
import { world } from '../../src/simulator/world/world.js';
import { guardedWorld } from '../support/guarded-world.js';
import { auditRow } from './audit-row.js';
import { AwsCli } from './cli.js';
import { credentialsRow } from './credentials-row.js';
import { iamRow } from './iam-row.js';
import { organizationsRow } from './organizations-row.js';

const fewest = 100;

const version = spawnSync('aws', ['--version'], { encoding: 'utf8' });
if (version.error) console.log('AWS CLI is not on the path, so that nothing was tried with it.');
else await tryAll(version.stdout.trim() || version.stderr.trim());

async function tryAll(cliVersion: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'partner-cloud-aws-cli-'));
  const simulator = openSimulator({ world: guardedWorld, file: ':memory:', latencies: instantLatencies });
  const server = await serveSimulator({ simulator, port: 0 });
  try {
    const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY } = world.key;
    const rows = [iamRow, auditRow, organizationsRow, credentialsRow].map(async (row) => {
      const cli = new AwsCli(server.url, folder, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
      await row(cli);
      return cli;
    });
    report(await Promise.all(rows), cliVersion);
  } finally {
    await server.close();
    simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(rows: readonly AwsCli[], cliVersion: string): void {
  const tried = rows.reduce((sum, row) => sum + row.tried, 0);
  const complaints = rows.flatMap((row) => row.complaints);
  for (const complaint of complaints) console.error(`not ok: ${complaint}`);
  console.log(`${tried} calls of ${cliVersion}: ${complaints.length} did not answer as expected.`);
  if (tried < fewest) console.error(`At least ${fewest} calls are wanted.`);
  process.exitCode = complaints.length > 0 || tried < fewest ? 1 : 0;
}
