/** Makes one change of a payer's guardrails at AWS; each is safe to repeat. */
import { setTimeout as wait } from 'node:timers/promises';
import {
  EnableOrganizationsRootCredentialsManagementCommand,
  EnableOrganizationsRootSessionsCommand,
} from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  UpdatePolicyCommand,
} from '@aws-sdk/client-organizations';
import { sameMeaning } from '../../../domain/guardrails/differences.js';
import type { GuardrailChange } from '../../../domain/guardrails/plan.js';
import { classify } from '../calls/errors.js';
import { waitMs } from '../calls/step-results.js';
import { type OrganizationClients, policiesNamed, rootAccessService, rootOf } from './observe-organization.js';

type Change<A extends GuardrailChange['action']> = Extract<GuardrailChange, { action: A }>;
type Make<A extends GuardrailChange['action']> = (
  clients: OrganizationClients,
  change: Change<A>,
  abortSignal: AbortSignal,
) => Promise<unknown>;

const policyType = 'SERVICE_CONTROL_POLICY' as const;

/** What is already as it should be. Source: Organizations API, errors of each operation. */
const alreadySo: ReadonlySet<string> = new Set(['PolicyTypeAlreadyEnabled', 'DuplicatePolicyAttachment']);

/** What AWS is still busy with, or does not see everywhere yet. Source: aws-facts §1.5, §1.8. */
const settling: ReadonlySet<string> = new Set([
  'ConcurrentModification',
  'PolicyChangesInProgress',
  'PolicyTypeNotEnabled',
  'ServiceAccessNotEnabled',
]);

const makers: { readonly [A in GuardrailChange['action']]: Make<A> } = {
  'enable-policy-type': async ({ organizations }, { root }, abortSignal) => {
    await organizations.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: policyType }), { abortSignal });
    // It is switched on in the background.
    for (let tries = 0; !(await rootOf(organizations, abortSignal)).policyTypeEnabled; tries++)
      await wait(waitMs(tries), undefined, { signal: abortSignal });
  },
  'create-policy': async (clients, { name, content }, abortSignal) => {
    const input = { Type: policyType, Name: name, Content: content, Description: 'Guardrail; kept by partner-cloud.' };
    try {
      await clients.organizations.send(new CreatePolicyCommand(input), { abortSignal });
    } catch (error) {
      // An answer that was lost may have made it.
      if (classify(error).code !== 'DuplicatePolicy') throw error;
      const [there] = await policiesNamed(clients.organizations, [name], abortSignal);
      if (!there || !sameMeaning(there.content, content)) throw error;
    }
  },
  'update-policy': ({ organizations }, { id, content }, abortSignal) =>
    organizations.send(new UpdatePolicyCommand({ PolicyId: id, Content: content }), { abortSignal }),
  'attach-policy': async ({ organizations }, { name, unit }, abortSignal) => {
    const [policy] = await policiesNamed(organizations, [name], abortSignal);
    if (!policy) throw new Error(`${name}: AWS does not list the policy that is to be attached`);
    await organizations.send(new AttachPolicyCommand({ PolicyId: policy.id, TargetId: unit }), { abortSignal });
  },
  'enable-trusted-access': ({ organizations }, _, abortSignal) =>
    organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: rootAccessService }), { abortSignal }),
  'enable-root-credentials-management': ({ iam }, _, abortSignal) =>
    iam.send(new EnableOrganizationsRootCredentialsManagementCommand({}), { abortSignal }),
  'enable-root-sessions': ({ iam }, _, abortSignal) =>
    iam.send(new EnableOrganizationsRootSessionsCommand({}), { abortSignal }),
};

/** Makes the change, patiently while AWS settles what came before; throws what AWS refuses it with, and when the signal aborts. */
export async function changeOrganization(
  clients: OrganizationClients,
  change: GuardrailChange,
  abortSignal: AbortSignal,
): Promise<void> {
  const make = makers[change.action] as Make<GuardrailChange['action']>;
  for (let tries = 0; ; tries++) {
    try {
      await make(clients, change, abortSignal);
      return;
    } catch (error) {
      const { code } = classify(error);
      if (alreadySo.has(code)) return;
      if (!settling.has(code)) throw error;
      await wait(waitMs(tries), undefined, { signal: abortSignal });
    }
  }
}
