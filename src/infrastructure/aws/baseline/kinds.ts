/** Every kind of object of the baseline and its hands at AWS, behind one way to look and one way to change. */
import type { Desired, DesiredObject, ObjectKind, Observed } from '../../../domain/baseline/objects.js';
import type { Change } from '../../../domain/baseline/plan.js';
import { accessAnalyzerAtAws } from './access-analyzer.js';
import { alternateContactAtAws } from './alternate-contact.js';
import { bucketAtAws } from './bucket.js';
import { configRecorderAtAws, deliveryChannelAtAws, recordingAtAws } from './configuration.js';
import { instanceMetadataAtAws, snapshotSharingAtAws, volumeEncryptionAtAws } from './ec2-defaults.js';
import { groupAtAws } from './group.js';
import { groupMembershipAtAws } from './group-membership.js';
import { handedOverUserAtAws } from './handed-over-user.js';
import { managedPolicyAtAws } from './managed-policy.js';
import type { KindAtAws, Mend } from './object-kind.js';
import { optInRegionAtAws } from './opt-in-region.js';
import { passwordPolicyAtAws } from './password-policy.js';
import { publicAccessBlockAtAws } from './public-access-block.js';
import type { Reach } from './reach.js';
import { roleAtAws } from './role.js';
import { roleTrustAtAws } from './role-trust.js';
import { serviceLinkedRoleAtAws } from './service-linked-role.js';
import { trailAtAws } from './trail.js';

const kinds: { readonly [K in ObjectKind]: KindAtAws<K> } = {
  'password-policy': passwordPolicyAtAws,
  'managed-policy': managedPolicyAtAws,
  role: roleAtAws,
  'role-trust': roleTrustAtAws,
  group: groupAtAws,
  'handed-over-user': handedOverUserAtAws,
  'group-membership': groupMembershipAtAws,
  'service-linked-role': serviceLinkedRoleAtAws,
  bucket: bucketAtAws,
  trail: trailAtAws,
  'config-recorder': configRecorderAtAws,
  'delivery-channel': deliveryChannelAtAws,
  recording: recordingAtAws,
  'public-access-block': publicAccessBlockAtAws,
  'alternate-contact': alternateContactAtAws,
  'opt-in-region': optInRegionAtAws,
  'volume-encryption': volumeEncryptionAtAws,
  'instance-metadata': instanceMetadataAtAws,
  'snapshot-sharing': snapshotSharingAtAws,
  'access-analyzer': accessAnalyzerAtAws,
};

/** One object as it is now; reads only. Throws what AWS answers, except that an absent object has no members. */
export const observe = (reach: Reach, object: DesiredObject): Promise<Observed> => observeKind(reach, object);

const observeKind = <K extends ObjectKind>(reach: Reach, object: Desired<K>): Promise<Observed> =>
  kinds[object.kind].observe(reach, object);

/** Makes these changes, all of one object, true at AWS; `made` is told of each once it is. Safe to repeat. */
export const apply = (
  reach: Reach,
  object: DesiredObject,
  changes: readonly Change[],
  made: (change: Change) => void,
): Promise<void> => applyKind(reach, object, changes, made);

async function applyKind<K extends ObjectKind>(
  reach: Reach,
  wanted: Desired<K>,
  changes: readonly Change[],
  made: (change: Change) => void,
): Promise<void> {
  const kind = kinds[wanted.kind];
  const done = new Set<Mend<K>>();
  for (const change of changes) {
    // The object may bear another name at AWS than we would have given it.
    const object = { ...wanted, name: change.object.name };
    if (change.action === 'create') {
      await kind.create(reach, object);
      made(change);
      for (const mend of kind.complete) await mend(reach, object, null);
    } else {
      const mend = mendOf(kind, change.member);
      if (!done.has(mend)) await mend(reach, object, change.from);
      done.add(mend);
      made(change);
    }
  }
}

function mendOf<K extends ObjectKind>(kind: KindAtAws<K>, member: string): Mend<K> {
  const mend = Object.entries<Mend<K>>(kind.mend).find(([name]) => name === member)?.[1];
  if (!mend) throw new Error(`No way is known to change ${member}; a planned change names a member of its kind.`);
  return mend;
}
