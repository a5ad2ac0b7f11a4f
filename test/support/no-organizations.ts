/** Guardrails where no AWS is: whoever asks for a plan is told so. */
import type { GuardrailParts } from '../../src/application/guardrails/payer-plans.js';
import { OrganizationUnavailable } from '../../src/application/ports/guardrails.js';
import { KeyedMutex } from '../../src/application/streams/keyed-mutex.js';

const nobodyAnswers = async (payerId: string): Promise<never> => {
  throw new OrganizationUnavailable(`${payerId}: AWS is not reachable in this test.`, undefined, undefined);
};

/** The guardrails of these payers. */
export const unreachableGuardrails = (...payers: readonly string[]): GuardrailParts => ({
  organizations: { observe: nobodyAnswers, change: nobodyAnswers },
  desired: [],
  units: payers.map((id) => ({ id, customersUnit: 'ou-pay1-customers1', canaryUnit: '' })),
  mutex: new KeyedMutex(),
});
