/** SQLite's write-ahead logs are moved into their files by checkpoints; whoever holds a snapshot open keeps them growing. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../../application/error-text.js';
import type { HealthSource } from '../../application/ports/health.js';
import type { Log } from '../../application/ports/log.js';

/** Twice what SQLite leaves of a log by itself, see `journal_size_limit`. */
const mostBytesUsually = 134_217_728;
const lookEveryMs = 60_000;

interface Growing {
  readonly name: string;
  readonly bytes: number;
}

/** What is amiss, under a name by which it is told once. */
interface Trouble {
  readonly name: string;
  readonly words: string;
}

/** Watches the data folder; `stop` ends the looking. A log line tells of each trouble once, and again after it was over. */
export function watchWals(data: string, log: Log, mostBytes = mostBytesUsually) {
  const told = new Set<string>();
  const health: HealthSource = { name: 'checkpoints', degraded: () => troubles(data, mostBytes)[0]?.words };
  const look = (): void => {
    const now = troubles(data, mostBytes);
    for (const { name, words, ...figures } of now) if (!told.has(name)) log.warn({ name, ...figures }, words);
    told.clear();
    for (const { name } of now) told.add(name);
  };
  const timer = setInterval(look, lookEveryMs).unref();
  return { health, look, stop: () => clearInterval(timer) };
}

/** A folder that cannot be listed, such as one of a volume that is gone, must not end the process from within a timer. */
function troubles(data: string, mostBytes: number): readonly (Trouble & Partial<Growing>)[] {
  try {
    return growing(data, mostBytes).map((each) => ({ ...each, words: wordsFor(each) }));
  } catch (error) {
    return [{ name: data, words: `The data folder cannot be looked through: ${errorText(error)}.` }];
  }
}

const wordsFor = ({ name, bytes }: Growing): string =>
  `${name} has ${Math.round(bytes / 1_048_576)} MiB: its checkpoints are held up, by another process that reads the file or by a full disk.`;

function growing(data: string, mostBytes: number): readonly Growing[] {
  const names = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.db-wal'));
  return names
    .map((name) => ({ name, bytes: statSync(join(data, name), { throwIfNoEntry: false })?.size ?? 0 }))
    .filter(({ bytes }) => bytes > mostBytes);
}
