/** `npm run bench`: runs the benchmarks one after the other, each in a process of its own, and prints what came of them. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Result } from './benchmark.js';
import { keptFolder } from './folders.js';
import { type BenchmarkName, benchmarkNames, isBenchmarkName } from './names.js';
import { type Line, linesOf, tableOf } from './table.js';

const usage = `Usage: npm run bench -- [--only NAME]… [--json] [--smoke] [--profile]

  --only NAME  one of ${benchmarkNames.join(', ')}
  --json       a line of JSON for each mark instead of the table
  --smoke      small sizes and one round, to see that everything still runs; no marks
  --profile    writes CPU profiles to bench/.data/profiles
`;

interface Options {
  readonly names: readonly BenchmarkName[];
  readonly json: boolean;
  readonly smoke: boolean;
  readonly profile: boolean;
}

/** Throws an Error that says which argument is wrong and what would be right. */
function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  const unknown = values.only.find((name) => !isBenchmarkName(name));
  if (unknown !== undefined) throw new Error(`--only: ${unknown} is unknown; known are ${benchmarkNames.join(', ')}.`);
  const names = benchmarkNames.filter((name) => values.only.length === 0 || values.only.includes(name));
  return { ...values, names };
}

/** One benchmark in a fresh process, so that none inherits the memory and the compiled code of another. */
function inOwnProcess(name: BenchmarkName, { smoke, profile }: Options): Promise<readonly Result[]> {
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${join(keptFolder, 'profiles')}`] : [];
  return new Promise((resolve, reject) => {
    let results: readonly Result[] | undefined;
    const child = fork(fileURLToPath(new URL('./one.ts', import.meta.url)), [name, smoke ? 'smoke' : 'full'], {
      execArgv: [...process.execArgv, ...profiling],
    });
    child.on('message', (message) => {
      results = message as readonly Result[];
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      results && code === 0 ? resolve(results) : reject(new Error(`${name} ended with code ${code}.`)),
    );
  });
}

/** A benchmark that fails does not keep the others from running. */
async function main(options: Options): Promise<void> {
  const lines: Line[] = [];
  for (const name of options.names) {
    const begun = performance.now();
    const measured = await inOwnProcess(name, options).then((results) => results.flatMap(linesOf), failed);
    lines.push(...measured);
    if (options.json) for (const line of measured) process.stdout.write(`${JSON.stringify(line)}\n`);
    else process.stderr.write(`${name}: ${Math.round((performance.now() - begun) / 1_000)} s\n`);
  }
  if (!options.json) process.stdout.write(`${tableOf(lines, !options.smoke)}\n`);
}

function failed(error: Error): readonly Line[] {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
  return [];
}

try {
  await main(optionsOf(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 1;
}
