/** `npm run iam`: writes the least-privilege policies of the service itself for this configuration, and asks AWS nothing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { explain } from '../composition/start/exit-message.js';
import { loadConfig } from '../config/config.js';
import { ownAccessSettings } from '../config/settings-of.js';
import { ownPolicies } from '../domain/own-access/policies.js';

const usage = `Usage: npm run --silent iam [-- --out FOLDER]

  --out   where the policies are written, a file each; deploy/iam unless given
`;

function main(args: readonly string[]): number {
  let out: string;
  try {
    const options = { out: { type: 'string', default: join('deploy', 'iam') } } as const;
    out = parseArgs({ args: [...args], options }).values.out;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  mkdirSync(out, { recursive: true });
  const { settings, payers } = ownAccessSettings(loadConfig(process.env));
  for (const { file, why, document } of ownPolicies(settings, payers)) {
    writeFileSync(join(out, file), `${JSON.stringify(document, null, 2)}\n`);
    process.stdout.write(`${join(out, file)}: ${why}\n`);
  }
  return 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.exitCode = explain(error);
}
