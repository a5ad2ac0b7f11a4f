/**
 * `npm run simulate`: the real application under a seeded scheduler that kills, delays, loses and reorders.
 * Says what was run and how often what went wrong; a seed that breaks a promise is told with its shortest trace.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Control, controls } from './control-names.js';
import { takeOver } from './machine.js';

const usage = `npm run simulate -- [--runs N] [--from SEED] [--providers N] [--jobs N] [--seed N [--strokes N]] [--control NAME] [--json]

  --runs N        how many seeds to run (100)
  --from SEED     the first of them (1)
  --providers N   how many providers in each run (3)
  --jobs N        processes side by side (one a core)
  --seed N        run this seed alone and print everything that happens
  --strokes N     with --seed: at most so many strokes of trouble
  --control NAME  run with something that is wrong on purpose, which must be caught:
${Object.keys(controls)
  .map((name) => `                  '${name}'`)
  .join('\n')}
  --json          print one line of JSON
`;

const options = {
  runs: { type: 'string' },
  from: { type: 'string' },
  providers: { type: 'string', default: '3' },
  jobs: { type: 'string', default: String(availableParallelism()) },
  seed: { type: 'string' },
  strokes: { type: 'string' },
  control: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function wishes() {
  try {
    const { values } = parseArgs({ options });
    const wrong = (['runs', 'from', 'providers', 'jobs', 'seed', 'strokes'] as const).flatMap((name) => {
      const value = values[name];
      return value === undefined || /^\d+$/.test(value) ? [] : [`--${name}: '${value}' is not a whole number`];
    });
    if (values.control !== undefined && !Object.hasOwn(controls, values.control))
      wrong.push(`--control: '${values.control}' is none of: ${Object.keys(controls).join(', ')}`);
    if (values.seed !== undefined && (values.runs ?? values.from) !== undefined)
      wrong.push('--seed runs one seed alone, without --runs and --from; many from seed M on are --from M --runs N');
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    if (!values.help) return values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n`);
    process.exitCode = 2;
  }
  process.stderr.write(usage);
  return undefined;
}

async function main(): Promise<void> {
  const wished = wishes();
  if (!wished) return;
  // Neither files nor the network of this machine have a say in what the SDK does.
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) process.env[name] = '/dev/null';
  const { runs = '100', from = '1', jobs, seed, strokes, json } = wished;
  const given = { providers: Number(wished.providers), control: wished.control as Control | undefined };
  takeOver();
  const { oneRun, manyRuns, runsSideBySide } = await import('./programme.js');
  if (seed !== undefined) {
    const most = strokes === undefined ? undefined : Number(strokes);
    process.exitCode = await oneRun({ seed: Number(seed), strokes: most, ...given }, json);
    return;
  }
  const range = { from: Number(from), runs: Number(runs), given };
  process.exitCode = Number(jobs) > 1 ? await runsSideBySide(range, Number(jobs), json) : await manyRuns(range, json);
}

await main();
