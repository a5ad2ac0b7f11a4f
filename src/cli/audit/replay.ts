/** `npm run audit -- replay READ_MODEL`: a read model as it was at a position, folded from the log alone into a file of its own. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type ReadModelName, readModelNames } from '../../application/ports/read-model-health.js';
import type { LogPlace } from '../../composition/log/log-place.js';
import { type LogToReplay, openLogToReplay } from '../../composition/log/log-to-replay.js';
import { asAsked, failed, wrongConfiguration } from '../../composition/start/exit-codes.js';
import { fillFiles } from '../../projections/engine/fill.js';
import { logUpTo } from '../../projections/engine/log-up-to.js';
import { removeFile } from '../../projections/engine/model-file.js';
import { tablesOf } from '../../projections/engine/read-model.js';
import { readModelTable } from '../../projections/read-model-table.js';
import { missingFile } from './log-asked.js';
import { placeIn, say } from './say.js';

export interface ReplayOptions {
  readonly log: LogPlace;
  readonly to: string;
  readonly at: string | undefined;
}

const isReadModel = (name: string): name is ReadModelName => readModelNames.some((known) => known === name);

/** Fills the file, and prints how many rows each table has; answers with the exit code: 1 where an event cannot be folded. */
export async function replay(name: string, { log, to, at }: ReplayOptions): Promise<number> {
  if (!isReadModel(name))
    return say(wrongConfiguration, `There is no read model ${name}; there are ${readModelNames.join(', ')}.`);
  if (missingFile(log)) return say(wrongConfiguration, `There is no file ${log}.`);
  if (existsSync(to)) return say(wrongConfiguration, `--to ${to}: it is there already; name a file that is not.`);
  const opened = await openLogToReplay(log);
  if (!opened) return say(failed, `${log} holds no log.`);
  try {
    const { logId, events } = opened.reach;
    const place = at === undefined ? events : placeIn(at);
    if (place === undefined || place > events || (at?.includes(':') && !at.startsWith(logId)))
      return say(wrongConfiguration, `--at ${at}: the log's positions go from ${logId}:1 to ${logId}:${events}.`);
    return await filled(name, {
      ...opened,
      to,
      position: `${logId}:${place}`,
      events: typeof log === 'string' ? place : undefined,
    });
  } finally {
    await opened.close();
  }
}

interface Filling extends Pick<LogToReplay, 'reader'> {
  readonly to: string;
  readonly position: string;
  /** How many there are, where that is known before. */
  readonly events: number | undefined;
}

/** The file has its name only once it is whole. */
async function filled(model: ReadModelName, { reader, to, position, events }: Filling): Promise<number> {
  const [version] = readModelTable[model];
  const draft = `${to}.new`;
  removeFile(draft);
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
      `${to} has ${model} as of ${position}${events === undefined ? '' : `, from ${events} events`}.\n${rowsIn(to, tablesOf(version))}`,
    );
    return asAsked;
  } finally {
    for (const part of ['-wal', '-shm']) rmSync(`${draft}${part}`, { force: true });
  }
}

const tellEvery = 10_000;

function teller(of: number | undefined): (seen: number) => void {
  let told = 0;
  return (seen) => {
    if (seen < told + tellEvery && seen < (of ?? Number.POSITIVE_INFINITY)) return;
    told = seen;
    process.stderr.write(`${seen}${of === undefined ? '' : ` of ${of}`} events …\n`);
  };
}

function rowsIn(file: string, tables: readonly string[]): string {
  using db = new DatabaseSync(file, { readOnly: true });
  const count = (table: string): unknown => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;
  return tables.map((table) => `  ${table}: ${count(table)} rows\n`).join('');
}
