/** An account in use on a simulated AWS, held to its hardening by the real processes, log and hands, on a clock of the test's own. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ListRootsCommand, MoveAccountCommand } from '@aws-sdk/client-organizations';
import { openDescription } from '../../../../src/application/hardening/describe-baseline.js';
import type { KeepHardeningParts } from '../../../../src/application/hardening/hardening-parts.js';
import { hardeningProcess } from '../../../../src/application/hardening/keep-hardening.js';
import { rolloutProcess } from '../../../../src/application/hardening/rollout-process.js';
import { roundsProcess } from '../../../../src/application/hardening/rounds.js';
import type { RecordedEvent } from '../../../../src/application/ports/event-store.js';
import type { Repairs } from '../../../../src/application/ports/hardening.js';
import type { ProviderRow } from '../../../../src/application/ports/read-models.js';
import { PresentDelays } from '../../../../src/application/processes/present-delays.js';
import { type RunningProcess, startProcess } from '../../../../src/application/processes/runner.js';
import { providers } from '../../../../src/application/streams/aggregates.js';
import { sagaCause } from '../../../../src/application/streams/causes.js';
import { openStreams } from '../../../../src/application/streams/streams.js';
import { desiredState } from '../../../../src/domain/baseline/desired-state.js';
import { partsUnder } from '../../../../src/domain/baseline/known-baselines.js';
import type { BaselineSettings } from '../../../../src/domain/baseline/settings.js';
import { canonicalText } from '../../../../src/domain/canonical-json.js';
import type { EventOf, EventType } from '../../../../src/domain/events.js';
import { evolve } from '../../../../src/domain/provider/evolve.js';
import { type Provider, unknownProvider } from '../../../../src/domain/provider/stages.js';
import { type BaselineStep, baselineSteps, isAfterCredentials } from '../../../../src/domain/provider/steps.js';
import { digestOf } from '../../../../src/infrastructure/aws/baseline/digests.js';
import { openHardening } from '../../../../src/infrastructure/aws/hardening/account.js';
import { openSqliteEventStore } from '../../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openHardeningLooks, openLooksFile } from '../../../../src/projections/hardening-looks/hardening-looks.js';
import { ownGuardrails } from '../../../support/guarded-world.js';
import { active, stepApplied } from '../../../support/story.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { type BaselineAccount, openBaselineAccount } from '../baseline/baseline-account.js';

const customersUnit = 'ou-pay1-customers1';
const usual: Repairs = { drift: 'repair', identities: 'repair' };

/** What the desired state of any account rests on here. */
const under = ({ settings }: BaselineAccount): Omit<BaselineSettings, 'accountId' | 'payerRoleArn'> => {
  const { prefix, resellerName, automationRoleArn, baseline } = settings;
  return { prefix, resellerName, automationRoleArn, ...baseline };
};

const payerRole = ({ settings: { payers } }: BaselineAccount): string => payers[0]?.roleArn ?? '';

/** The account holds what `steps` make of it; nothing runs until `start`. */
export async function openHeld(steps: readonly BaselineStep[], repairs = usual) {
  const account = await openBaselineAccount();
  for (const step of steps) await account.apply(step);
  const { clock, work } = account;
  const { organizations } = account.access.payer(work.payerId);
  const from = (await organizations.send(new ListRootsCommand({}))).Roots?.[0]?.Id;
  await organizations.send(
    new MoveAccountCommand({ AccountId: work.accountId, SourceParentId: from, DestinationParentId: customersUnit }),
  );
  const id = work.providerId;
  const folder = temporaryFolder();
  const store = openSqliteEventStore({ file: join(folder, 'log.db') });
  const file = openLooksFile(folder);
  const seen: RecordedEvent[] = [];
  let running: readonly RunningProcess[] = [];
  const streams = openStreams(store, clock, (events) => {
    seen.push(...events);
    for (const each of running) each.appended(events);
  });
  const life = lifeOf(account, steps);
  await streams.change(providers, id, sagaCause(id, 'test', randomUUID()), () => life);
  const provider = life.reduce<Provider>(
    (state, event) => evolve(state, event, new Date(clock.now()).toISOString()),
    unknownProvider,
  );
  const [warnings, errors]: [unknown[], unknown[]] = [[], []];
  const log = {
    info: () => undefined,
    warn: (about: unknown) => void warnings.push(about),
    error: (about: unknown) => void errors.push(about),
  };
  const content = (changes: Partial<BaselineSettings> = {}) =>
    canonicalText(partsUnder({ ...under(account), ...changes }, baselineSteps));
  const hardening = {
    ...{ aws: openHardening(account), looks: openHardeningLooks(file), repairs, guardrails: 'required' as const },
    ...{ wanted: async () => ownGuardrails, applied: async () => [] },
    ...{ baseline: { version: 'test', content: content() }, digestOf },
    payerRoleOf: () => payerRole(account),
  };
  const on: KeepHardeningParts = {
    ...{ streams, store, clock, hardening, random: () => 0.5 },
    readModels: {
      inUse: (after) => (after === '' ? [id] : []),
      providersAfter: (after) => (after === '' ? [{ providerId: id, provider } as ProviderRow] : []),
    },
  };
  const factsOf = <T extends EventType>(type: T): readonly EventOf<T>[] =>
    seen.map(({ event }) => event).filter((event): event is EventOf<T> => event.type === type);
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((each) => each.stop()));
    running = [];
  };
  return {
    ...{ account, clock, id, streams, store, hardening, warnings, errors, content, factsOf, stop },
    start(): void {
      const parts = { ...on, log, atOnce: 4, mayAct: () => true, presentDelays: new PresentDelays() };
      running = [
        startProcess(parts, hardeningProcess(on, openDescription(on))),
        startProcess(parts, roundsProcess({ ...on, payerIds: ['pay1'] })),
        startProcess(parts, rolloutProcess(on)),
      ];
    },
    /** Has the account looked at, and lets time pass until it was. */
    async check(): Promise<void> {
      const { looks } = hardening;
      clock.pass(1_000);
      const asked = new Date(clock.now()).toISOString();
      running[0]?.nudge(id);
      await this.pass(() => (looks.latest(id)?.at ?? '') >= asked);
    },
    pass: (done: () => boolean) => clock.passUntil(done, () => `${store.head()} ${account.calls()}`),
    async close() {
      await stop();
      await store.close();
      file.close();
      account.close();
    },
  };
}

export type Held = Awaited<ReturnType<typeof openHeld>>;

/** The life of its provider, with the digests of what was applied in it. */
function lifeOf(account: BaselineAccount, steps: readonly BaselineStep[]) {
  const { accountId, work } = account;
  const applied = (step: BaselineStep) => ({
    ...stepApplied(step),
    digest: steps.includes(step)
      ? digestOf(desiredState(step, { ...under(account), accountId, payerRoleArn: payerRole(account) }))
      : 'of nothing that is known',
  });
  const told = active.map((event) => {
    if (event.type === 'BaselineStepApplied') return applied(event.step);
    if (event.type === 'BaselineApplied') return { ...event, afterCredentials: steps.filter(isAfterCredentials) };
    const own = event.type === 'AccountCreated' ? { accountId, access: { roleArn: work.wayIn.roleArn } } : {};
    return 'payerId' in event ? { ...event, ...own, payerId: work.payerId } : event;
  });
  return [...told, ...steps.filter(isAfterCredentials).map(applied)];
}
