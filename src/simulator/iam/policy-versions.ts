/** Versions of managed policies: five at most, one of them in force. */
import type { Call, Operations } from '../engine/core.js';
import { type AwsManagedPolicy, awsManagedPolicy } from './aws-managed-policies.js';
import type { ManagedPolicyDocument, PolicyVersion } from './documents.js';
import { deleteConflict, limitExceeded, noSuchEntity } from './errors.js';
import { flag, policyArn, text } from './input.js';
import { page } from './pages.js';
import { checkedDocument, keepPolicy, ownPolicy, visiblePolicy } from './policies.js';
import { encoded } from './policy-checks.js';

/** Source: IAM API, CreatePolicyVersion. */
const mostVersions = 5;

/** Operations on versions. Source: IAM API, CreatePolicyVersion, GetPolicyVersion and their siblings. */
export const policyVersionOperations: Operations = {
  CreatePolicyVersion(call) {
    const policy = ownPolicy(call, policyArn(call));
    const document = checkedDocument(call);
    if (policy.versions.length >= mostVersions) {
      throw limitExceeded(
        `A managed policy can have up to ${mostVersions} versions. ` +
          'Before you create a new version, you must delete an existing version.',
      );
    }
    const id = `v${policy.versionsMade + 1}`;
    const made = { id, document, createdAt: call.now };
    const changed = {
      ...policy,
      versions: [made, ...policy.versions],
      versionsMade: policy.versionsMade + 1,
      defaultVersion: flag(call, 'SetAsDefault') ? id : policy.defaultVersion,
      updatedAt: call.now,
    };
    keepPolicy(call, changed);
    return { PolicyVersion: described(made, changed.defaultVersion) };
  },
  SetDefaultPolicyVersion(call) {
    const policy = ownPolicy(call, policyArn(call));
    keepPolicy(call, { ...policy, defaultVersion: versionOf(call, policy).id, updatedAt: call.now });
    return {};
  },
  DeletePolicyVersion(call) {
    const policy = ownPolicy(call, policyArn(call));
    const { id } = versionOf(call, policy);
    if (id === policy.defaultVersion) throw deleteConflict('Cannot delete the default version of a policy.');
    keepPolicy(call, { ...policy, versions: policy.versions.filter((version) => version.id !== id) });
    return {};
  },
  ListPolicyVersions(call) {
    const policy = readable(call);
    return page(
      call,
      'Versions',
      policy.versions.map((version) => described(version, policy.defaultVersion)),
    );
  },
  GetPolicyVersion(call) {
    const policy = readable(call);
    const version = versionOf(call, policy);
    return { PolicyVersion: { Document: encoded(version.document), ...described(version, policy.defaultVersion) } };
  },
};

type Versioned = Pick<ManagedPolicyDocument, 'arn' | 'versions' | 'defaultVersion'>;

/** The policy that the call names, of AWS or of the customer. @throws NoSuchEntity */
function readable(call: Call): Versioned {
  const arn = policyArn(call);
  const kept = awsManagedPolicy(arn);
  return kept ? onlyVersion(kept) : visiblePolicy(call, arn);
}

const onlyVersion = ({ arn, defaultVersion, document }: AwsManagedPolicy): Versioned => ({
  arn,
  defaultVersion,
  versions: [{ id: defaultVersion, document, createdAt: Date.parse('2015-02-06T18:39:00Z') }],
});

function versionOf(call: Call, policy: Versioned): PolicyVersion {
  const id = text(call, 'VersionId');
  const found = policy.versions.find((version) => version.id === id);
  if (found) return found;
  throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`);
}

const described = ({ id, createdAt }: PolicyVersion, defaultVersion: string) => ({
  VersionId: id,
  IsDefaultVersion: id === defaultVersion,
  CreateDate: new Date(createdAt),
});
