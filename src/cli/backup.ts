/** `npm run backup -- --to FOLDER`: copies of the log and the vault, made while the service runs or not. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { failed, wrongConfiguration } from '../composition/start/exit-codes.js';
import { explain } from '../composition/start/exit-message.js';
import { loadConfig } from '../config/config.js';
import { wholeReachOf } from '../infrastructure/event-store/sqlite/reach-of-log.js';
import { copyFiles } from '../infrastructure/sqlite-copy.js';

const usage = `Usage: npm run backup -- --to FOLDER

  --to FOLDER  where the copies of events.db and vault.db go; it must not be there yet
`;

const onServer =
  'The log lies on an EventStoreDB: back that up by its own means first, then copy vault.db with the service stopped ' +
  '(docs/operations/event-store.md).';

const say = (code: number, words: string): number => {
  process.stderr.write(`${words}\n`);
  return code;
};

function folderOf(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { to: { type: 'string' } } }).values.to || undefined;
  } catch {
    return undefined;
  }
}

/**
 * The log is copied first, so that no secret is missing that it tells of; a secret that it does not tell of is harmless.
 * Answers with the exit code: 0 when both copies are whole and on disk.
 */
function main(args: readonly string[]): number {
  const to = folderOf(args);
  if (to === undefined) return say(wrongConfiguration, usage);
  const { folders, eventStore } = loadConfig(process.env);
  if (eventStore.url !== '') return say(failed, onServer);
  const { data } = folders;
  const files = ['events.db', 'vault.db'].map((name) => join(data, name));
  const missing = files.find((file) => !existsSync(file));
  if (missing) return say(failed, `There is no ${basename(missing)} in ${data}; nothing was copied.`);
  const startedAt = performance.now();
  const { logId, events } = copyFiles(files, to, (draft) => wholeReachOf(join(draft, 'events.db')));
  const ms = Math.round(performance.now() - startedAt);
  process.stdout.write(
    `Backed up to ${to}: the log ${logId} with ${events} events, and the vault. This took ${ms} ms.\n`,
  );
  return 0;
}

try {
  process.exit(main(process.argv.slice(2)));
} catch (error) {
  process.exit(explain(error));
}
