/** Every saga of the service: providers with their queue, and the guardrails of the payers. */
import { guardrailsProcess, type KeepParts } from '../application/guardrails/keep-guardrails.js';
import { startProcess } from '../application/processes/runner.js';
import {
  type Provisioning,
  type ProvisioningParts,
  startProvisioning,
} from '../application/provisioning/provisioning.js';

/** Starts them; each hears of what is appended and looks for its own streams in it. */
export function startSagas(on: ProvisioningParts & KeepParts): Provisioning {
  const provisioning = startProvisioning(on);
  const guardrails = startProcess(on, guardrailsProcess(on));
  return {
    ...provisioning,
    appended(events) {
      provisioning.appended(events);
      guardrails.appended(events);
    },
    async stop() {
      await Promise.all([provisioning.stop(), guardrails.stop()]);
    },
  };
}
