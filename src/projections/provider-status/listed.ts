/** What lists of providers are narrowed to and in order of: the columns of `provider_status` for them, and an index for each order. */
import type { SQLInputValue } from 'node:sqlite';
import { stagePlaces } from '../../domain/provider/stage-order.js';
import { hasAccount, type Provider, underneath } from '../../domain/provider/stages.js';

export const listColumns = `
      organization TEXT NOT NULL, origin TEXT, requested_at TEXT NOT NULL, changed_at TEXT NOT NULL,
      stage TEXT NOT NULL, stage_place INTEGER NOT NULL, name TEXT NOT NULL, account_id TEXT`;

/** Each order once within an organization and once over all; names end in what `list-reads` makes of an order. */
export const listIndexes = `
    CREATE INDEX IF NOT EXISTS provider_status_own_requested ON provider_status (organization, requested_at, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_own_changed ON provider_status (organization, changed_at, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_own_name ON provider_status (organization, name, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_own_stage ON provider_status (organization, stage_place, requested_at, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_all_requested ON provider_status (requested_at, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_all_changed ON provider_status (changed_at, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_all_name ON provider_status (name, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_all_stage ON provider_status (stage_place, requested_at, provider_id);
    CREATE INDEX IF NOT EXISTS provider_status_account ON provider_status (account_id) WHERE account_id IS NOT NULL;`;

type Columns = Readonly<Record<string, SQLInputValue>>;

/**
 * A name as it is compared, stored and asked for alike: without regard to case and to accents. A sigma at the end of a
 * word has a form of its own, which the beginning of a longer name would not have.
 */
export const comparable = (name: string): string =>
  isAscii.test(name) ? name.toLowerCase() : comparableInAnyScript(name);

/** Most names are, and then nothing but the case has to be brought to one form. */
const isAscii = /^[ -~]*$/;

const comparableInAnyScript = (name: string): string =>
  name.normalize('NFD').replace(accents, '').normalize('NFC').toUpperCase().toLowerCase().replaceAll('ς', 'σ');

/** The marks over and under Latin, Greek and Cyrillic letters; those of other scripts are letters of their own there. */
const accents = /[\u0300-\u036f]/g;

export function organizationOf(provider: Provider): string {
  const known = underneath(provider);
  return 'organization' in known ? known.organization : '';
}

/** What never changes of a provider; `requestedAt` is the ISO time of its first fact. */
export function settledOf(provider: Provider, requestedAt: string): Columns {
  const known = underneath(provider);
  return {
    organization: organizationOf(provider),
    origin: 'origin' in known ? known.origin.kind : null,
    requested_at: requestedAt,
  };
}

/** What may change; `changedAt` is the ISO time of its last fact. */
export function listedOf(provider: Provider, changedAt: string): Columns {
  const known = underneath(provider);
  return {
    changed_at: changedAt,
    stage: provider.stage,
    stage_place: provider.stage === 'unknown' ? -1 : stagePlaces[provider.stage],
    name: 'name' in known ? comparable(known.name) : '',
    account_id: hasAccount(known) ? known.accountId : null,
  };
}
