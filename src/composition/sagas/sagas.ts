/** Every saga of the service: providers with their queue, the guardrails of the payers, and the hardening of accounts in use. */
import { guardrailsProcess, type KeepParts } from '../../application/guardrails/keep-guardrails.js';
import { openDescription } from '../../application/hardening/describe-baseline.js';
import type { KeepHardeningParts } from '../../application/hardening/hardening-parts.js';
import { hardeningProcess } from '../../application/hardening/keep-hardening.js';
import { rolloutProcess } from '../../application/hardening/rollout-process.js';
import { roundsProcess } from '../../application/hardening/rounds.js';
import { startProcess } from '../../application/processes/runner.js';
import {
  type Provisioning,
  type ProvisioningParts,
  startProvisioning,
} from '../../application/provisioning/provisioning.js';

export interface Sagas extends Provisioning {
  /** Looks at the hardening of an account now. */
  checkHardening(providerId: string): void;
}

/** Each look makes ten calls at once, and vending goes first. */
const looksAtOnce = 4;

/** Starts them; each hears of what is appended and looks for its own streams in it. */
export function startSagas(on: ProvisioningParts & KeepParts & KeepHardeningParts): Sagas {
  const provisioning = startProvisioning(on);
  const payerIds = on.guardrails.units.map(({ id }) => id);
  const seldom = { ...on, atOnce: looksAtOnce };
  const describe = openDescription(on);
  const hardening = startProcess(seldom, hardeningProcess(on, describe));
  const others = [
    startProcess(on, guardrailsProcess(on)),
    hardening,
    startProcess(seldom, roundsProcess({ ...on, payerIds })),
    startProcess(seldom, rolloutProcess(on)),
  ];
  return {
    ...provisioning,
    checkHardening: (providerId) => hardening.nudge(providerId),
    appended(events) {
      for (const each of [provisioning, ...others]) each.appended(events);
      // From the first account on that is held to it; what fails here is done before the account is looked at.
      if (on.mayAct() && events.some(({ event }) => event.type === 'BaselineStepApplied'))
        void describe().catch(() => undefined);
    },
    async stop() {
      await Promise.all([provisioning, ...others].map((each) => each.stop()));
    },
  };
}
