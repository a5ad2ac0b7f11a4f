/** What history says of every provider's account, as reconciliation compares it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hasAccount, isMoving, type Provider, underneath } from '../../domain/provider/stages.js';
import type { RecordedAccount, RecordedProvider } from '../../domain/reconciliation/accounts.js';
import { type ProviderRow, type ReadModels, ReadModelsUnavailable } from '../ports/read-models.js';
import { servedOf, statusModels } from '../quarantine/standstill.js';

/** Few, because each row is parsed, and nobody else gets a turn meanwhile. */
const pageSize = 100;

/** What the rows are read from. */
export type Rows = Pick<ReadModels, 'providersAfter' | 'served'>;

/**
 * Every provider that may have an account, page by page, and others get their turn between two pages. Throws
 * {@link ReadModelsUnavailable} for rows that are being filled: an account that is not there yet would be called nobody's.
 */
export async function* recordedProviders(rows: Rows): AsyncGenerator<readonly RecordedProvider[], void> {
  let page = filledPage(rows, '');
  while (page.length > 0) {
    yield page.flatMap(recordedOf);
    await nextTurn();
    page = filledPage(rows, page.at(-1)?.providerId ?? '');
  }
}

/** The filling may begin between any two pages. */
function filledPage(rows: Rows, afterId: string): readonly ProviderRow[] {
  const unfilled = servedOf(rows, statusModels).find(({ filling }) => filling);
  if (unfilled)
    throw new ReadModelsUnavailable(
      `${unfilled.name} does not hold all accounts yet: ${unfilled.stopped ?? 'it is being filled from the log'}.`,
    );
  return rows.providersAfter(afterId, pageSize);
}

function recordedOf(row: ProviderRow): RecordedProvider[] {
  const known = underneath(row.provider);
  if (!('origin' in known)) return [];
  const { rootEmail } = known.origin;
  const state = known.stage === 'active' ? { state: known.accountState } : {};
  const account = hasAccount(known) ? { account: { ...accountOf(known, row), ...state } } : {};
  return [{ providerId: row.providerId, rootEmail, creating: isCreating(row.provider), ...account }];
}

/**
 * Whether an account may come of it that it takes over by itself, as also one that a payer refused may find: a late call
 * may have made it. A halted creation takes nothing over, so an account that it made after all is worth telling.
 */
const isCreating = (provider: Provider): boolean =>
  isMoving(provider) && !hasAccount(provider) && provider.origin.payersTried.length > 0;

function accountOf(
  { accountId, payerId }: { readonly accountId: string; readonly payerId: string },
  { steps, changedAt }: ProviderRow,
): RecordedAccount {
  const linkedAt = steps.LinkPayer?.finishedAt;
  const createdAt = steps.CreateAccount?.finishedAt ?? changedAt;
  return { accountId, payerId, createdAt, ...(linkedAt === undefined ? {} : { linkedAt }) };
}
