/** What must hold when a run is over, whatever went wrong in it: each check answers with what it found wrong, in words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { administratorUserName as userName } from '../../src/domain/baseline/names.js';
import { type Provider, underneath } from '../../src/domain/provider/stages.js';
import { haltsExplained, orderlyHistory, reassignedOnlyAfterRefusal } from './history-invariants.js';
import type { Check } from './remains.js';

/** Each provider has one account at most, which is its own, and exactly one unless it never got that far. */
const oneAccountEach: Check = ({ observer, aws, customers, hopeless, managementOf }) => {
  const accounts = aws.accounts();
  return customers.flatMap(({ providerId, rootEmail, accountName }) => {
    const provider = underneath(observer.provider(providerId));
    const made = accounts.filter(
      ({ name, tags }) => name === accountName || tags.some(({ Value }) => Value === providerId),
    );
    const wanted = 'accountId' in provider ? 1 : 0;
    const problems: string[] = [];
    if (made.length !== wanted && !hopeless(providerId))
      problems.push(`${providerId} (${provider.stage}) has ${made.length} accounts and not ${wanted}`);
    if (!('accountId' in provider)) return problems;
    const own = accounts.find(({ id }) => id === provider.accountId);
    if (own?.name !== accountName || own.email !== rootEmail)
      problems.push(`${providerId} took the account ${provider.accountId} of '${own?.name}' <${own?.email}>`);
    if (own?.organization !== managementOf(provider.payerId))
      problems.push(`${providerId} says ${provider.payerId}, but its account is under ${own?.organization}`);
    return problems;
  });
};

/** Every provider has come to an end, or halts with a reason and words. */
const nobodySilent: Check = ({ observer, customers, hopeless }) =>
  customers.flatMap(({ providerId, done }) => {
    const provider = observer.provider(providerId);
    if (ended(provider) || hopeless(providerId)) return [];
    // Terms that were not accepted leave nothing to be done, nor does a request that a quarantine refused.
    return done && (provider.stage === 'requested' || provider.stage === 'unknown')
      ? []
      : [`${providerId} ended ${provider.stage}, silent`];
  });

const ended = (provider: Provider): boolean =>
  ['refused', 'withdrawn'].includes(provider.stage) ||
  (provider.stage === 'active' && ['claimed', 'expired'].includes(provider.credentials.state));

/** The password that a customer chose opens the account still. */
const chosenPasswordsHold: Check = ({ observer, aws, customers }) =>
  customers.flatMap(({ providerId, chosen }) => {
    const provider = underneath(observer.provider(providerId));
    if (chosen === undefined || !('accountId' in provider)) return [];
    const { outcome } = aws.signIn({ account: provider.accountId, userName, password: chosen, newPassword: undefined });
    return outcome === 'signed-in' ? [] : [`${providerId}: the password that the customer chose is ${outcome}`];
  });

/** No secret lies anywhere but in the vault, and no person is named. */
export function nothingLeaked(folder: string, log: readonly string[], secrets: ReadonlySet<string>): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('vault.db'),
  );
  const places = [
    ...files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'latin1')] as const),
    ['log', log.join('\n')] as const,
  ];
  return places.flatMap(([place, text]) =>
    [...secrets]
      .filter((secret) => text.includes(secret))
      .map((secret) => `${place} holds the secret ${secret.slice(0, 4)}…`),
  );
}

export const checks: readonly Check[] = [
  oneAccountEach,
  orderlyHistory,
  nobodySilent,
  haltsExplained,
  chosenPasswordsHold,
  reassignedOnlyAfterRefusal,
];
