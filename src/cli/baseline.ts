/** `npm run baseline`: prints what a hardened account of this configuration is, as JSON or as a table, and asks AWS nothing. */
import { parseArgs } from 'node:util';
import { explain } from '../composition/start/exit-message.js';
import { loadConfig } from '../config/config.js';
import { awsSettings } from '../config/settings-of.js';
import { describedState, tableOf } from '../infrastructure/aws/baseline/described-state.js';

const usage = `Usage: npm run --silent baseline [-- --json] [-- --account TWELVE_DIGITS]

  --json      every object whole, with version and digest; a table of what there is and why unless given
  --account   the account that the ARNs and the names of buckets are for; 123456789012 unless given
`;

interface Wanted {
  readonly json: boolean;
  readonly account: string;
}

/** What the arguments ask for; throws an Error that says which argument is wrong and what would be right. */
function wantedOf(args: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false }, account: { type: 'string', default: '123456789012' } },
  });
  if (!/^\d{12}$/.test(values.account)) throw new Error(`--account ${values.account}: twelve digits are allowed.`);
  return values;
}

function main(): number {
  let wanted: Wanted;
  try {
    wanted = wantedOf(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
  const { baseline, ...settings } = awsSettings(loadConfig(process.env));
  const { prefix, resellerName, automationRoleArn, payers } = settings;
  const [payerRoleArn] = payers.map(({ roleArn }) => roleArn);
  const under = { prefix, resellerName, automationRoleArn, ...baseline, ...(payerRoleArn ? { payerRoleArn } : {}) };
  const state = describedState({ ...under, accountId: wanted.account });
  process.stdout.write(wanted.json ? `${JSON.stringify(state, null, 2)}\n` : tableOf(state));
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  process.exitCode = explain(error);
}
