/** Guardrails as an operator works with them: the real handlers, log and process, on a simulated AWS with a clock of the test's own. */
import { join } from 'node:path';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Caller } from '../../../src/application/authorization/identity.js';
import type { Dependencies } from '../../../src/application/dependencies.js';
import {
  ApplyGuardrails,
  ApplyGuardrailsHandler,
  GetGuardrails,
  GetGuardrailsHandler,
} from '../../../src/application/guardrails/guardrail-calls.js';
import { guardrailsProcess } from '../../../src/application/guardrails/keep-guardrails.js';
import type { GuardrailParts } from '../../../src/application/guardrails/payer-plans.js';
import { PresentDelays } from '../../../src/application/processes/present-delays.js';
import { type RunningProcess, startProcess } from '../../../src/application/processes/runner.js';
import { KeyedMutex } from '../../../src/application/streams/keyed-mutex.js';
import { openStreams } from '../../../src/application/streams/streams.js';
import { openOrganizations } from '../../../src/infrastructure/aws/guardrails/organizations.js';
import { openSqliteEventStore } from '../../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openAwsOnClock } from '../../support/aws-on-clock.js';
import { FakeClock } from '../../support/fake-clock.js';
import { ownGuardrails } from '../../support/guarded-world.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

export const customersUnit = 'ou-pay1-customers1';
const operator: Caller = { actor: 'issuer#olga', subject: 'olga', organization: undefined, roles: ['operator'] };

/** Opens everything; nothing is kept until {@link start}. */
export function openOperated(
  changes: Partial<Pick<GuardrailParts, 'desired'>> & { readonly canaryUnit?: string } = {},
) {
  const { canaryUnit = '', desired = ownGuardrails } = changes;
  const clock = new FakeClock(Date.now());
  const aws = openAwsOnClock(clock, 0);
  const store = openSqliteEventStore({ file: join(temporaryFolder(), 'log.db') });
  let running: RunningProcess | undefined;
  const streams = openStreams(store, clock, (events) => running?.appended(events));
  const warnings: unknown[] = [];
  const log = { info: () => undefined, warn: (about: unknown) => void warnings.push(about), error: () => undefined };
  const guardrails: GuardrailParts = {
    organizations: openOrganizations(aws.access),
    desired: desired.map(({ name, content }) => ({ name, content })),
    units: [{ id: 'payer-1', customersUnit, canaryUnit }],
    mutex: new KeyedMutex(),
  };
  const dependencies = { streams } as Dependencies;
  const plan = () => new GetGuardrailsHandler(dependencies, guardrails).execute(new GetGuardrails('payer-1', operator));
  const apply = (digest: string, key?: string) =>
    new ApplyGuardrailsHandler(dependencies, guardrails).execute(
      new ApplyGuardrails('payer-1', digest, { caller: operator, key }),
    );
  return {
    ...{ clock, aws, guardrails, warnings, plan, apply },
    /** The payer's own hands in its organization. */
    organizations: aws.access.payer('payer-1').organizations as OrganizationsClient,
    /** The plan that is shown now, applied. */
    applyPlan: async () => apply((await plan()).plan.digest),
    start() {
      const parts = { streams, clock, log, random: () => 0.5, atOnce: 4, mayAct: () => true };
      running = startProcess(
        { ...parts, presentDelays: new PresentDelays() },
        guardrailsProcess({ ...parts, guardrails }),
      );
    },
    facts: async (stream = 'guardrails-payer-1') => (await store.read(stream)).map(({ event }) => event),
    metadata: async () => (await store.read('guardrails-payer-1')).map(({ metadata }) => metadata),
    passUntil: (done: () => boolean) => clock.passUntil(done, () => `${store.head()} ${aws.calls()}`),
    head: () => store.head(),
    async close() {
      await running?.stop();
      await store.close();
      aws.close();
    },
  };
}

export type Operated = ReturnType<typeof openOperated>;
