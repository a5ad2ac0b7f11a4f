/** What history says of every provider's account, as reconciliation compares it. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hasAccount, type Provider, underneath } from '../../domain/provider/stages.js';
import type { RecordedAccount, RecordedProvider } from '../../domain/reconciliation.js';
import type { ProviderRow, ReadModels } from '../read-models.js';

const pageSize = 500;

/** Every provider that may have an account, read in pages so that others get their turn. */
export async function recordedProviders({
  providersAfter,
}: Pick<ReadModels, 'providersAfter'>): Promise<RecordedProvider[]> {
  const all: RecordedProvider[] = [];
  let page = providersAfter('', pageSize);
  while (page.length > 0) {
    for (const row of page) all.push(...recordedOf(row));
    await nextTurn();
    page = providersAfter(page.at(-1)?.providerId ?? '', pageSize);
  }
  return all;
}

function recordedOf(row: ProviderRow): RecordedProvider[] {
  const known = underneath(row.provider);
  if (!('rootEmail' in known)) return [];
  const account = hasAccount(known) ? { account: accountOf(known, row) } : {};
  return [{ providerId: row.providerId, rootEmail: known.rootEmail, creating: isCreating(row.provider), ...account }];
}

/** A halted creation takes nothing over by itself, so an account that it made after all is worth telling. */
const isCreating = ({ stage }: Provider): boolean => ['resumed', 'assigned', 'creating'].includes(stage);

function accountOf(
  { accountId, payerId }: { readonly accountId: string; readonly payerId: string },
  { steps, changedAt }: ProviderRow,
): RecordedAccount {
  const linkedAt = steps.LinkPayer?.finishedAt;
  const createdAt = steps.CreateAccount?.finishedAt ?? changedAt;
  return { accountId, payerId, createdAt, ...(linkedAt === undefined ? {} : { linkedAt }) };
}
