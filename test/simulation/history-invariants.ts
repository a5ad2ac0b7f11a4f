/** What must hold of a history: its order, that nothing is told twice, and why a provider went elsewhere. */
import type { RecordedEvent } from '../../src/application/ports/event-store.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import type { AwsWorld } from './aws-world.js';
import type { Check } from './remains.js';
import { clockApartMs } from './worker.js';

const order: readonly ProviderEvent['type'][] = [
  'ProviderRequested',
  'TermsAccepted',
  'PayerAssigned',
  'AccountCreated',
  'PayerLinked',
  'AccountReady',
  'BaselineApplied',
  'LiveProofRecorded',
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

/** Every halt says what happened, who must act, and in words that can be read. */
export const haltsExplained: Check = ({ observer }) =>
  observer.events.flatMap(({ stream, event }) =>
    event.type === 'ProvisioningHalted' && !(event.reason && event.whoMustAct && event.words.endsWith('.'))
      ? [`${stream} halts without saying why: ${JSON.stringify(event)}`]
      : [],
  );

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
        (one) => one.accountName === accountName && one.at <= Date.parse(metadata.recordedAt) + clockApartMs,
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
