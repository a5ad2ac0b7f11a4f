/**
 * `npm run simulate`: the real application under a seeded scheduler that kills, delays, loses and reorders.
 * Says what was run and how often what went wrong; a seed that breaks a promise is told with its shortest trace.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Control } from './simulation/controls.js';
import { takeOverTime } from './simulation/machine.js';

const usage = `npm run simulate -- [--runs N] [--from SEED] [--jobs N] [--seed N [--strokes N]] [--control NAME] [--json]

  --runs N        how many seeds to run (100)
  --from SEED     the first of them (1)
  --jobs N        processes side by side (one a core)
  --seed N        run this seed alone and print everything that happens
  --strokes N     with --seed: at most so many strokes of trouble
  --control NAME  run with something that is wrong on purpose, which must be caught
  --json          print one line of JSON
`;

const options = {
  runs: { type: 'string', default: '100' },
  from: { type: 'string', default: '1' },
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
    const numbers = (['runs', 'from', 'jobs', 'seed', 'strokes'] as const).flatMap((name) => {
      const value = values[name];
      return value === undefined || /^\d+$/.test(value) ? [] : [`--${name}: '${value}' is not a whole number`];
    });
    if (numbers.length > 0) throw new Error(numbers.join('\n'));
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
  const control = wished.control as Control | undefined;
  const { runs, from, jobs, seed, strokes, json } = wished;
  takeOverTime();
  const { oneRun, manyRuns, runsSideBySide } = await import('./simulation/programme.js');
  if (seed !== undefined) {
    const most = strokes === undefined ? undefined : Number(strokes);
    process.exitCode = await oneRun({ seed: Number(seed), strokes: most, control }, json);
    return;
  }
  const range = { from: Number(from), runs: Number(runs), control };
  process.exitCode = Number(jobs) > 1 ? await runsSideBySide(range, Number(jobs), json) : await manyRuns(range, json);
}

await main();
