/** A customer managed policy: its default version is what it means. */
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type PolicyVersion,
  paginateListPolicies,
  paginateListPolicyVersions,
} from '@aws-sdk/client-iam';
import type { Desired } from '../../../domain/baseline/objects.js';
import { documentOf } from '../../../domain/baseline/policy-document.js';
import { canonicalText } from '../../../domain/canonical-json.js';
import { atRootPath } from '../calls/name-taken.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';

/** Source: IAM and STS quotas, versions per managed policy. */
const versionsAllowed = 5;

const arnOf = ({ accountId }: Reach, name: string): string => `arn:aws:iam::${accountId}:policy/${name}`;

export const managedPolicyAtAws: KindAtAws<'managed-policy'> = {
  async observe(reach, object) {
    const { clients, call } = reach;
    const PolicyArn = arnOf(reach, object.name);
    const known = await unless(['NoSuchEntity'], clients.iam.send(new GetPolicyCommand({ PolicyArn }), call));
    const VersionId = known?.Policy?.DefaultVersionId;
    if (!VersionId) return observedAs(object, null);
    // What it holds is its owner's; the version tells that it is another text than ours.
    if (object.contents === 'created-once') return observedAs(object, { version: VersionId });
    const command = new GetPolicyVersionCommand({ PolicyArn, VersionId });
    const answer = await unless(['NoSuchEntity'], clients.iam.send(command, call));
    const text = answer?.PolicyVersion?.Document;
    return observedAs(object, { document: text ? documentOf(text) : null });
  },

  async create(reach, { name, members }) {
    const { clients, call } = reach;
    const command = new CreatePolicyCommand({ PolicyName: name, PolicyDocument: canonicalText(members.document) });
    const made = await unless(['EntityAlreadyExists'], clients.iam.send(command, call));
    if (!made) await refuseElsewhere(reach, name);
  },

  complete: [],
  mend: { document: addVersion },
};

/**
 * A policy's ARN holds its path, so that one of our name elsewhere is not seen by its ARN and cannot be attached by it.
 * One that is not listed either was made a moment ago. Source: IAM API, ListPolicies.
 */
async function refuseElsewhere({ clients, call }: Reach, name: string): Promise<void> {
  for await (const { Policies = [] } of paginateListPolicies({ client: clients.iam }, { Scope: 'Local' }, call))
    for (const { PolicyName, Path } of Policies)
      if (PolicyName === name) atRootPath('managed policy', name, Path, 'ListPolicies');
}

/** Source: IAM API, CreatePolicyVersion: at the limit, a version that is not the default must be deleted first. */
async function addVersion(reach: Reach, { name, members }: Desired<'managed-policy'>): Promise<void> {
  const { clients, call } = reach;
  const PolicyArn = arnOf(reach, name);
  const versions = await versionsOf(reach, PolicyArn);
  const oldest = versions.filter((version) => !version.IsDefaultVersion).sort(byAge)[0]?.VersionId;
  if (versions.length >= versionsAllowed && oldest) {
    const removal = new DeletePolicyVersionCommand({ PolicyArn, VersionId: oldest });
    await unless(['NoSuchEntity'], clients.iam.send(removal, call));
  }
  const PolicyDocument = canonicalText(members.document);
  await clients.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }), call);
}

async function versionsOf({ clients, call }: Reach, PolicyArn: string): Promise<readonly PolicyVersion[]> {
  const versions: PolicyVersion[] = [];
  for await (const page of paginateListPolicyVersions({ client: clients.iam }, { PolicyArn }, call)) {
    versions.push(...(page.Versions ?? []));
  }
  return versions;
}

/** Versions are numbered `v1`, `v2`… for as long as the policy lives. */
const byAge = (a: PolicyVersion, b: PolicyVersion): number => numberOf(a) - numberOf(b);
const numberOf = (version: PolicyVersion): number => Number(version.VersionId?.slice(1));
