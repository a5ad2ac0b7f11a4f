/** Runs seeds one after the other or side by side, adds up what happened, and shortens what went wrong. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type RunResult, run } from './run.js';
import type { RunOptions } from './stage.js';
import { addUp, emptyTally, type Failure, merge, type Tally, tallyText } from './tally.js';

type Given = Pick<RunOptions, 'providers' | 'control'>;

export interface Range {
  readonly from: number;
  readonly runs: number;
  /** What is the same for each of them. */
  readonly given: Given;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const progressEvery = 100;
const traceShown = 80;
/** A failing seed is told at length, but not every one of many. */
const failuresShortened = 3;

/** What the SDK looks up once in a process must not be looked up in the middle of a run. */
const warmUp = (): Promise<RunResult> => run({ seed: 0, strokes: 0, providers: 1, workers: 1 });

const problemsOf = ({ violations }: Pick<RunResult, 'violations'>): string =>
  violations.map((v) => `  ${v}`).join('\n');

/** Runs one seed and prints all of it; answers with the exit code. */
export async function oneRun(options: RunOptions, json: boolean): Promise<number> {
  await warmUp();
  const result = await run(options);
  if (json) say(JSON.stringify(result));
  else say(`${result.trace.join('\n')}\n\n${tallyText(addUp(emptyTally, result))}`);
  if (result.violations.length > 0)
    process.stderr.write(`Seed ${options.seed} breaks a promise:\n${problemsOf(result)}\n`);
  return result.violations.length > 0 ? 1 : 0;
}

/** Runs a range of seeds in this process; with a control up to the first that is caught. */
export async function manyRuns({ from, runs, given }: Range, json: boolean): Promise<number> {
  await warmUp();
  let tally = emptyTally;
  const caught = (): boolean => given.control !== undefined && tally.failures.length > 0;
  for (let seed = from; seed < from + runs && !caught(); seed++) {
    tally = addUp(tally, await run({ seed, ...given }));
    const done = seed - from + 1;
    if (done % progressEvery === 0)
      process.stderr.write(`${done} of ${runs} runs, ${tally.failures.length} violations\n`);
  }
  if (json) say(JSON.stringify(tally));
  else await tell(tally, given);
  return tally.failures.length > 0 ? 1 : 0;
}

/** Runs a range of seeds in so many processes, each a part of it. */
export async function runsSideBySide({ from, runs, given }: Range, jobs: number, json: boolean): Promise<number> {
  const share = Math.ceil(runs / jobs);
  const parts = Array.from({ length: jobs }, (_, n) => ({
    from: from + n * share,
    runs: Math.max(0, Math.min(share, runs - n * share)),
  }));
  const tallies = await Promise.all(parts.filter((part) => part.runs > 0).map((part) => inProcess({ ...part, given })));
  const tally = tallies.reduce(merge, emptyTally);
  if (json) say(JSON.stringify(tally));
  else {
    await warmUp();
    await tell(tally, given);
  }
  return tally.failures.length > 0 ? 1 : 0;
}

function inProcess({ from, runs, given }: Range): Promise<Tally> {
  const program = fileURLToPath(new URL('./crash.sim.ts', import.meta.url));
  const args = ['--json', '--jobs', '1', '--from', String(from), '--runs', String(runs)];
  for (const [name, value] of Object.entries(given)) if (value !== undefined) args.push(`--${name}`, String(value));
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || code === 1) resolve(JSON.parse(output) as Tally);
      else reject(new Error(`The runs from seed ${from} on ended with ${code}.`));
    });
  });
}

async function tell(tally: Tally, given: Given): Promise<void> {
  say(tallyText(tally));
  for (const failure of tally.failures.slice(0, failuresShortened)) await tellShortest(failure, given);
  const more = tally.failures.slice(failuresShortened);
  if (more.length > 0) say(`\nMore seeds that break a promise: ${more.map(({ seed }) => seed).join(', ')}`);
}

async function tellShortest(failure: Failure, given: Given): Promise<void> {
  const { strokes, result } = await shortest(failure, given);
  const options = Object.entries({ seed: failure.seed, strokes, ...given }).filter(([, value]) => value !== undefined);
  const again = `npm run simulate -- ${options.map(([name, value]) => `--${name} '${value}'`).join(' ')}`;
  const left = result.trace.slice(-traceShown);
  say(`\nSeed ${failure.seed} breaks a promise:\n${problemsOf(failure)}\n`);
  say(
    `With ${strokes} strokes of trouble (of ${failure.strokes}) it still does; the last ${left.length} lines of it:\n`,
  );
  say(`${left.map((line) => `  ${line}`).join('\n')}\n\nAll of it: ${again}`);
}

/** The fewest strokes of trouble with which a seed still breaks a promise, as halving finds them. */
async function shortest({ seed, strokes }: Failure, given: Given) {
  let [enough, result] = [strokes, await run({ seed, strokes, ...given })];
  for (let tooFew = -1; enough - tooFew > 1; ) {
    const middle = (enough + tooFew) >> 1;
    const tried = await run({ seed, strokes: middle, ...given });
    if (tried.violations.length > 0) [enough, result] = [middle, tried];
    else tooFew = middle;
  }
  return { strokes: enough, result };
}
