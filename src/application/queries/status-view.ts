/** What a person sees of a provider: its stage, every step with its times, what it waits for, when it will be done. */

import { refusalText } from '../../domain/eligibility.js';
import { endOf } from '../../domain/provider/account-state.js';
import type { Credentials } from '../../domain/provider/handout.js';
import type { Halt } from '../../domain/provider/stage-facts.js';
import {
  type Account,
  hasAccount,
  isQueued,
  type Moving,
  type Provider,
  underneath,
} from '../../domain/provider/stages.js';
import { afterCredentials, type Step } from '../../domain/provider/steps.js';
import type { SetAside } from '../../domain/quarantine.js';
import type { ProviderRow } from '../ports/read-models.js';
import { setAsideWords } from '../streams/quarantined.js';
import { type EtaRange, eta, etaRange, provisioningSteps } from './eta.js';
import { type Surroundings, stepView } from './step-view.js';

/** The row as this reader may see it, at this moment. */
export function statusView(row: ProviderRow, around: Surroundings) {
  const { provider } = row;
  const known = underneath(provider);
  const { quarantine } = around;
  // When a slot comes free can be guessed only from the place in the queue.
  const moves = !quarantine && !(isQueued(provider) && (around.standstill || !around.queue));
  return {
    id: row.providerId,
    stage: provider.stage,
    ...summary(known),
    requestedAt: row.requestedAt,
    changedAt: row.changedAt,
    steps: stepsShown(row).map((step) => stepView(step, row, around)),
    ...(moves ? guesses(row, around) : {}),
    ...(around.queue ? { queue: { position: around.queue.position, ahead: around.queue.ahead } } : {}),
    ...(quarantine ? { quarantine: quarantineView(quarantine, around.seesAll) } : {}),
    ...heldBy(provider, around.seesAll),
    ...(around.checkedAt === undefined ? {} : { hardening: { lastCheckedAt: around.checkedAt } }),
    position: row.position,
  };
}

/** When it will be done, as one number and as a range; nothing where nothing moves by itself. */
function guesses(
  row: ProviderRow,
  around: Surroundings,
): { readonly etaSeconds?: number; readonly etaRange?: EtaRange } {
  const [etaSeconds, range] = [eta(row, around), etaRange(row, around)];
  return etaSeconds === undefined || range === undefined ? {} : { etaSeconds, etaRange: range };
}

/** What a provider holds besides its summary, as this reader may see it. */
function heldBy(provider: Provider, seesAll: boolean) {
  const known = underneath(provider);
  return {
    ...(provider.stage === 'halted' ? { halt: haltView(provider.halt, seesAll) } : {}),
    ...(hasAccount(known) ? { account: accountView(known, seesAll) } : {}),
    ...(known.stage === 'active' ? { credentials: credentialsView(known.credentials), mfa: mfaView(known) } : {}),
  };
}

/** What a reader may know of a provider without its steps and times. */
export const factsOf = (provider: Provider, seesAll: boolean): Readonly<Record<string, unknown>> => ({
  stage: provider.stage,
  ...summary(underneath(provider)),
  ...heldBy(provider, seesAll),
});

/** The steps to the credentials, and of those that follow what history has left for later: an older baseline left nothing. */
function stepsShown({ provider, steps }: ProviderRow): readonly Step[] {
  const known = underneath(provider);
  const left = 'remaining' in known ? known.remaining : [];
  return [...provisioningSteps, ...afterCredentials.filter((step) => left.includes(step) || steps[step])];
}

export type StatusView = ReturnType<typeof statusView>;

function summary(known: Provider) {
  if (known.stage === 'refused') {
    const { organization, name, reasons } = known;
    return { organization, name, reasons: reasons.map((reason) => ({ reason, words: refusalText(reason) })) };
  }
  if (!('name' in known)) return {};
  const { organization, name, origin, territory } = known;
  return { organization, name, origin: origin.kind, territory };
}

function quarantineView({ since, ...decision }: SetAside, seesAll: boolean) {
  return { since, words: setAsideWords, ...(seesAll ? decision : {}) };
}

function haltView({ call, ...halt }: Halt, seesAll: boolean) {
  return seesAll && call ? { ...halt, call } : halt;
}

/** The state at AWS is told of an active provider whose account is at its end, with what that means. */
function accountView(known: Extract<Moving, Account>, seesAll: boolean) {
  const end = known.stage === 'active' ? endOf(known.accountState) : undefined;
  return {
    id: known.accountId,
    ...(seesAll ? { payerId: known.payerId } : {}),
    ...('root' in known && known.root !== 'not-probed' ? { rootless: known.root === 'rootless' } : {}),
    ...(end && known.stage === 'active' ? { state: known.accountState, reason: end.reason, words: end.words } : {}),
  };
}

/** Whether a device of the user that was handed over was seen; one that was just enrolled is seen by the next look. */
const mfaView = ({ secondFactor }: Extract<Moving, { stage: 'active' }>) =>
  secondFactor === 'not-seen' ? { state: 'not-seen' as const } : { state: 'enrolled' as const, device: secondFactor };

function credentialsView(credentials: Credentials) {
  if (credentials.state === 'reissuing') return { state: credentials.state, generation: credentials.generation };
  const { secret, issuedAt, ...visible } = credentials;
  return visible;
}
