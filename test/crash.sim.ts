/**
 * `npm run simulate`: the real application under a seeded scheduler that kills, delays, loses and reorders.
 * Prints what was run and how often what went wrong; a seed that breaks a promise is printed with its shortest trace.
 */
import { parseArgs } from 'node:util';
import { takeOverTime } from './simulation/virtual-time.js';

const usage = `npm run simulate -- [--runs N] [--from SEED] [--seed N] [--jobs N] [--control NAME] [--json]

  --runs N        how many seeds to run (100)
  --from SEED     the first of them (1)
  --seed N        run this seed alone, and print everything that happened
  --strokes N     with --seed: at most so many strokes of trouble
  --jobs N        processes side by side (1)
  --control NAME  something that is wrong on purpose, and must be caught
`;

const options = {
  runs: { type: 'string', default: '100' },
  from: { type: 'string', default: '1' },
  seed: { type: 'string' },
  strokes: { type: 'string' },
  jobs: { type: 'string', default: '1' },
  control: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

process.env.AWS_EC2_METADATA_DISABLED = 'true';
for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) process.env[name] = '/dev/null';

const { values } = parseArgs({ options });
takeOverTime();
const { run } = await import('./simulation/run.js');
// What the SDK looks up once for a process must not be looked up in the middle of a run.
await run({ seed: 0, strokes: 0, providers: 1, workers: 1 });
const from = Number(values.seed ?? values.from);
const to = values.seed === undefined ? from + Number(values.runs) : from + 1;
for (let seed = from; seed < to; seed++) {
  const t0 = performance.now();
  const r = await run({
    seed,
    strokes: values.strokes === undefined ? undefined : Number(values.strokes),
    control: values.control as never,
  });
  if (values.seed !== undefined) console.log(r.trace.join('\n').slice(0, 1000000));
  const { trace, events, troubles, ...rest } = r;
  console.log(JSON.stringify({ ...rest, events: events.length, ms: Math.round(performance.now() - t0) }));
}
void usage;
