/** `npm run audit -- replay READ_MODEL`: a read model as it was at a position, folded from the log alone into a file of its own. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type ReadModelName, readModelNames } from '../../application/ports/read-model-health.js';
import { asAsked, failed, wrongConfiguration } from '../../composition/exit-codes.js';
import { openLogReader } from '../../infrastructure/event-store/sqlite/log-reader.js';
import { reachOfLog } from '../../infrastructure/event-store/sqlite/reach-of-log.js';
import { fillFiles } from '../../projections/engine/fill.js';
import { logUpTo } from '../../projections/engine/log-up-to.js';
import { removeFile } from '../../projections/engine/model-file.js';
import { tablesOf } from '../../projections/engine/read-model.js';
import { readModelTable } from '../../projections/read-model-table.js';
import { placeIn, say } from './say.js';

export interface ReplayOptions {
  readonly log: string;
  readonly to: string;
  readonly at: string | undefined;
}

const isReadModel = (name: string): name is ReadModelName => readModelNames.some((known) => known === name);

/** Fills the file, and prints how many rows each table has; answers with the exit code: 1 where an event cannot be folded. */
export async function replay(name: string, { log, to, at }: ReplayOptions): Promise<number> {
  if (!isReadModel(name))
    return say(wrongConfiguration, `There is no read model ${name}; there are ${readModelNames.join(', ')}.`);
  if (!existsSync(log)) return say(wrongConfiguration, `There is no file ${log}.`);
  if (existsSync(to)) return say(wrongConfiguration, `--to ${to}: it is there already; name a file that is not.`);
  const reach = reachOfLog(log);
  if (!reach) return say(failed, `${log} holds no log.`);
  const { logId, events } = reach;
  const place = at === undefined ? events : placeIn(at);
  if (place === undefined || place > events || (at?.includes(':') && !at.startsWith(logId)))
    return say(wrongConfiguration, `--at ${at}: the log's positions go from ${logId}:1 to ${logId}:${events}.`);
  return await filled(name, { log, to, position: `${logId}:${place}`, events: place });
}

interface Filling {
  readonly log: string;
  readonly to: string;
  readonly position: string;
  readonly events: number;
}

/** The file has its name only once it is whole. */
async function filled(model: ReadModelName, { log, to, position, events }: Filling): Promise<number> {
  const [version] = readModelTable[model];
  const draft = `${to}.new`;
  removeFile(draft);
  const reader = openLogReader(log);
  try {
    const wanted = [{ model, version: version.version, file: draft }];
    const asOf = logUpTo(reader, position, teller(events));
    const [health] = await fillFiles(asOf, wanted, () => version, new AbortController().signal);
    if (health?.stopped !== undefined) {
      removeFile(draft);
      return say(failed, `It stopped at ${health.stopped}`);
    }
    renameSync(draft, to);
    process.stdout.write(
      `${to} has ${model} as of ${position}, from ${events} events.\n${rowsIn(to, tablesOf(version))}`,
    );
    return asAsked;
  } finally {
    reader.close();
    for (const part of ['-wal', '-shm']) rmSync(`${draft}${part}`, { force: true });
  }
}

const tellEvery = 10_000;

function teller(of: number): (seen: number) => void {
  let told = 0;
  return (seen) => {
    if (seen < told + tellEvery && seen < of) return;
    told = seen;
    process.stderr.write(`${seen} of ${of} events …\n`);
  };
}

function rowsIn(file: string, tables: readonly string[]): string {
  using db = new DatabaseSync(file, { readOnly: true });
  const count = (table: string): unknown => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;
  return tables.map((table) => `  ${table}: ${count(table)} rows\n`).join('');
}
