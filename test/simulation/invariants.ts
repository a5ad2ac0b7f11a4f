/** What must hold when a run is over, whatever went wrong in it: each check answers with what it found wrong, in words. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '../../src/application/event-store.js';
import { administratorUserName as userName } from '../../src/domain/baseline/names.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import { type Provider, underneath } from '../../src/domain/provider/stages.js';
import type { AwsWorld } from './aws-world.js';
import type { Observer } from './observer.js';
import type { Customer } from './people.js';

export interface Remains {
  readonly observer: Observer;
  readonly aws: AwsWorld;
  readonly customers: readonly Customer[];
  hopeless(providerId: string): boolean;
  /** The account under whose management a payer of this id is. */
  managementOf(payerId: string): string | undefined;
}

type Check = (on: Remains) => readonly string[];

/** Each provider has one account at most, which is its own, and exactly one unless it never got that far. */
export const oneAccountEach: Check = ({ observer, aws, customers, hopeless, managementOf }) => {
  const accounts = aws.accounts();
  return customers.flatMap(({ providerId, rootEmail, accountName }) => {
    const provider = underneath(observer.provider(providerId));
    const made = accounts.filter(
      ({ name, tags }) => name === accountName || tags.some(({ Value }) => Value === providerId),
    );
    const wanted = 'accountId' in provider ? 1 : 0;
    const problems: string[] = [];
    if (made.length > 1) problems.push(`${providerId} has ${made.length} accounts: ${made.map(({ id }) => id)}`);
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

const order: readonly ProviderEvent['type'][] = [
  'ProviderRequested',
  'TermsAccepted',
  'PayerAssigned',
  'AccountCreated',
  'PayerLinked',
  'AccountReady',
  'BaselineApplied',
  'CredentialsIssued',
];

/** What may stand in a history more than once. */
const repeatable: ReadonlySet<string> = new Set([
  'PayerAssigned',
  'PayerRefused',
  'AccountCreationRequested',
  'StepDelayed',
  'ProvisioningHalted',
  'ProvisioningResumed',
]);

/** The milestones come in their order, and no fact is told twice. */
export const orderlyHistory: Check = ({ observer, customers }) =>
  customers.flatMap(({ providerId }) => {
    const history = observer.historyOf(providerId);
    const firsts = order.map((type) => history.findIndex(({ event }) => event.type === type)).filter((at) => at >= 0);
    const told = history.filter(({ event }) => !repeatable.has(event.type)).map(factOf);
    const twice = told.filter((fact, at) => told.indexOf(fact) < at);
    const requests = history.flatMap(({ event }) => ('requestId' in event ? [event.requestId] : []));
    return [
      ...(firsts.some((at, n) => at < (firsts[n - 1] ?? 0)) ? [`${providerId}: milestones out of order`] : []),
      ...twice.map((fact) => `${providerId}: ${fact} is told twice`),
      ...(new Set(requests).size < requests.length ? [`${providerId}: a request is on record twice`] : []),
    ];
  });

/** A fact, with what makes it another one than its like. */
function factOf({ event }: RecordedEvent): string {
  const { step = '', generation = '', name = '' } = event as { step?: string; generation?: number; name?: string };
  return `${event.type} ${step}${generation}${name}`;
}

/** Every provider has come to an end, or halts with a reason and words. */
export const nobodySilent: Check = ({ observer, customers, hopeless }) =>
  customers.flatMap(({ providerId, done }) => {
    const provider = observer.provider(providerId);
    if (ended(provider) || hopeless(providerId)) return [];
    // Terms that were not accepted leave nothing to be done.
    return done && provider.stage === 'requested' ? [] : [`${providerId} ended ${provider.stage}, silent`];
  });

const ended = (provider: Provider): boolean =>
  ['refused', 'withdrawn'].includes(provider.stage) ||
  (provider.stage === 'active' && ['claimed', 'expired'].includes(provider.credentials.state));

/** Every halt says what happened, who must act, and in words that can be read. */
export const haltsExplained: Check = ({ observer }) =>
  observer.events.flatMap(({ stream, event }) =>
    event.type === 'ProvisioningHalted' && !(event.reason && event.whoMustAct && event.words.endsWith('.'))
      ? [`${stream} halts without saying why: ${JSON.stringify(event)}`]
      : [],
  );

/** The password that a customer chose opens the account still. */
export const chosenPasswordsHold: Check = ({ observer, aws, customers }) =>
  customers.flatMap(({ providerId, chosen }) => {
    const provider = underneath(observer.provider(providerId));
    if (chosen === undefined || !('accountId' in provider)) return [];
    const { outcome } = aws.signIn({ account: provider.accountId, userName, password: chosen, newPassword: undefined });
    return outcome === 'signed-in' ? [] : [`${providerId}: the password that the customer chose is ${outcome}`];
  });

/** After a refusal that AWS has spoken, and only then, was a provider sent to another payer. */
export const reassignedOnlyAfterRefusal: Check = ({ observer, aws, customers }) => {
  const refusedAt = creationsRefused(aws);
  return customers.flatMap(({ providerId, accountName }) => {
    const assigned = observer.historyOf(providerId).filter(({ event }) => event.type === 'PayerAssigned');
    return assigned.flatMap(({ event, metadata }, n) => {
      const before = assigned[n - 1]?.event;
      if (event.type !== 'PayerAssigned' || before?.type !== 'PayerAssigned' || before.payerId === event.payerId)
        return [];
      const refused = refusedAt.some(
        (one) => one.accountName === accountName && one.at <= Date.parse(metadata.recordedAt),
      );
      return refused ? [] : [`${providerId} was moved to ${event.payerId} although no refusal had been read`];
    });
  });
};

/** When AWS said no to an account of a name: at once, or as the end of a request that it had taken. */
const creationsRefused = (aws: AwsWorld): readonly { readonly accountName: unknown; readonly at: number }[] => [
  ...aws
    .calls('CreateAccount')
    .filter(({ error }) => error !== undefined)
    .map(({ input, at }) => ({ accountName: input.AccountName, at: Date.parse(at) })),
  ...aws
    .creations()
    .filter(({ outcome }) => 'failureReason' in outcome)
    .map(({ accountName, completedAt }) => ({ accountName, at: completedAt })),
];

/** No secret lies anywhere but in the vault, and no person is named. */
export function nothingLeaked(folder: string, log: readonly string[], secrets: ReadonlySet<string>): readonly string[] {
  const files = readdirSync(folder).filter((name) => !name.startsWith('vault.db'));
  const places = [
    ...files.map((name) => [name, readFileSync(join(folder, name), 'latin1')] as const),
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
