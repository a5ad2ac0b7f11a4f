/** The thread that fills files of read models: it reads the log by a connection of its own, and nothing else runs in it. */
import { parentPort, workerData } from 'node:worker_threads';
import { openLogReader } from '../../infrastructure/event-store/sqlite/log-reader.js';
import { type FileToFill, fillFiles } from '../../projections/engine/fill.js';
import type { Version } from '../../projections/engine/read-model.js';
import { readModelTable } from '../../projections/read-model-table.js';

/** What the thread is given. */
export interface FillOrder {
  /** The file of the log. */
  readonly log: string;
  readonly files: readonly FileToFill[];
}

const { log, files } = workerData as FillOrder;
const stop = new AbortController();
// The first word that comes asks it to stop.
parentPort?.once('message', () => stop.abort());
parentPort?.unref();
const reader = openLogReader(log);
const versionOf = ({ model, version }: FileToFill): Version | undefined =>
  readModelTable[model].find((each) => each.version === version);
await fillFiles(reader, files, versionOf, stop.signal);
reader.close();
