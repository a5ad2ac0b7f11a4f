/** Which types of policies are in force in the root; a type takes a while to be enabled. */

import type { Call, Operation } from '../engine/core.js';
import { type OrganizationDocument, policyTypes, putOrganizationDocument } from '../world/organization.js';
import { forgetAttached, policyKind } from '../world/organization-policies.js';
import { managed } from './caller.js';
import { refusal } from './errors.js';
import { fullAccessPolicy } from './full-access.js';
import { rules, text } from './input.js';
import { typeIn } from './policy-changes.js';
import { describedRoot } from './tree.js';

/** Attaches full access everywhere. Throws PolicyTypeAlreadyEnabled, RootNotFound. Source: Organizations API, EnablePolicyType. */
export const enablePolicyType: Operation = (call) => {
  const organization = ofRoot(call);
  const type = typeIn(call, 'PolicyType');
  if (organization.policyTypes[type] !== undefined) throw refusal('PolicyTypeAlreadyEnabledException');
  const fullAccess = fullAccessPolicy(type);
  call.documents.put(policyKind, call.account, fullAccess.id, fullAccess);
  const enabledAt = call.now + call.latencies.listLagMs;
  return changed(call, { ...organization, policyTypes: { ...organization.policyTypes, [type]: enabledAt } });
};

/** Detaches every policy of the type, for good. Throws PolicyTypeNotEnabled, RootNotFound. Source: Organizations API, DisablePolicyType. */
export const disablePolicyType: Operation = (call) => {
  const organization = ofRoot(call);
  const type = typeIn(call, 'PolicyType');
  if (organization.policyTypes[type] === undefined) throw refusal('PolicyTypeNotEnabledException');
  forgetAttached(call.documents, call.account, type);
  const left = policyTypes.filter((other) => other !== type).flatMap((other) => kept(organization, other));
  return changed(call, { ...organization, policyTypes: Object.fromEntries(left) });
};

function kept({ policyTypes: types }: OrganizationDocument, type: (typeof policyTypes)[number]) {
  const since = types[type];
  return since === undefined ? [] : [[type, since] as const];
}

function ofRoot(call: Call): OrganizationDocument {
  const organization = managed(call);
  if (text(call, 'RootId', rules.rootId) !== organization.rootId) throw refusal('RootNotFoundException');
  return organization;
}

function changed(call: Call, organization: OrganizationDocument): Readonly<Record<string, unknown>> {
  putOrganizationDocument(call.documents, organization);
  return { Root: describedRoot(organization, call.now) };
}
