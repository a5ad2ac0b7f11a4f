/** `npm run migrate-log`: moves the log from its file to an EventStoreDB, while the service is down. */
import { existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CannotMigrate, type Migrated, migrateLog } from '../composition/audit/migrate-log.js';
import { asAsked, failed, wrongConfiguration } from '../composition/start/exit-codes.js';
import { explain } from '../composition/start/exit-message.js';
import { type Config, loadConfig } from '../config/config.js';
import { addressOf } from '../config/sections/event-store.js';
import { claimDataFolder } from '../infrastructure/data-folder.js';
import { rememberLog } from '../infrastructure/known-logs.js';
import { openSqliteVault } from '../infrastructure/vault/sqlite-vault.js';
import { loadVaultKey } from '../infrastructure/vault/vault-key.js';

const usage = `Usage: npm run migrate-log -- [--from FILE] [--to ADDRESS]

Copies every fact of the log to an EventStoreDB in its order, with its bytes and hashes, reads all of it back and holds each fact to the file, and
records LogContinued there. Stop the service first. It may be stopped and run again: it goes on where it was. Signed heads of the file's log
stay valid for the facts they cover, since the order of the tree's leaves stays.

  --from FILE   the log (events.db in the data folder)
  --to ADDRESS  esdb://HOST:PORT or esdb+discover://NAME:PORT (eventStore.url); user and password come from the environment, the prefix
                of the streams from eventStore.streamPrefix

Afterwards set eventStore.url and start the service; keep events.db and audit-heads. It ends with 0 when all has arrived, 1 when not.
`;

interface Wanted {
  readonly from: string;
  readonly address: string;
}

/** What the arguments ask for, or what is wrong with them in one sentence. */
function wantedOf(args: readonly string[], { eventStore, folders }: Config): Wanted | string {
  try {
    const options = { from: { type: 'string' }, to: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const url = values.to ?? eventStore.url;
    if (url === '') return 'Say where to: --to ADDRESS, or eventStore.url in the configuration.';
    const from = resolve(values.from ?? join(folders.data, 'events.db'));
    if (!existsSync(from)) return `There is no file ${from}.`;
    return { from, address: addressOf({ ...eventStore, url }, process.env) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const told = (words: string): void => void process.stderr.write(`${words}\n`);

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return asAsked;
  }
  const config = loadConfig(process.env);
  const wanted = wantedOf(args, config);
  if (typeof wanted === 'string') {
    told(`${wanted}\n\n${usage}`);
    return wrongConfiguration;
  }
  const { from, address } = wanted;
  const claim = claimDataFolder(dirname(from));
  try {
    const to = { address, prefix: config.eventStore.streamPrefix };
    const migrated = await migrateLog({ from, to, told, now: Date.now() });
    if (dirname(from) === config.folders.data) moveOn(config, migrated);
    process.stdout.write(
      `The log ${migrated.from} goes on as ${migrated.to}, with ${migrated.events} facts, ${migrated.size} of them in the tree, root ${migrated.root}.\n`,
    );
    return asAsked;
  } catch (error) {
    if (!(error instanceof CannotMigrate)) throw error;
    told(error.message);
    return failed;
  } finally {
    claim.release();
  }
}

/** Whatever remembers the log on this machine remembers the new one from now on, and read models begin anew. */
function moveOn(config: Config, { to: logId, reached: events }: Migrated): void {
  const { data, keys } = config.folders;
  const vaultFile = join(data, 'vault.db');
  if (config.vault.kind === 'sqlite' && existsSync(vaultFile)) {
    const vault = openSqliteVault({ file: vaultFile, key: loadVaultKey({ env: process.env, keysFolder: keys }) });
    vault.rememberLog({ logId, events });
    vault.close();
  }
  rmSync(join(data, 'read-models'), { recursive: true, force: true });
  rememberLog(keys, data, { logId, events });
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => process.exit(explain(error)),
);
