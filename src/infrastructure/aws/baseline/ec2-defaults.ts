/** What EC2 does in a region unless it is told otherwise: three switches, each read and set by calls of its own. */
import {
  EnableEbsEncryptionByDefaultCommand,
  EnableSnapshotBlockPublicAccessCommand,
  GetEbsEncryptionByDefaultCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  ModifyInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import type { Desired } from '../../../domain/baseline/objects.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import type { Reach } from './reach.js';

async function encrypt({ clients, call }: Reach, { place }: Desired<'volume-encryption'>): Promise<void> {
  await clients.ec2(place).send(new EnableEbsEncryptionByDefaultCommand({}), call);
}

/** The key stays the one of AWS, or the one the customer chose. Source: EC2 API, EnableEbsEncryptionByDefault. */
export const volumeEncryptionAtAws: KindAtAws<'volume-encryption'> = {
  async observe({ clients, call }, object) {
    const answer = await clients.ec2(object.place).send(new GetEbsEncryptionByDefaultCommand({}), call);
    return observedAs(object, { byDefault: answer.EbsEncryptionByDefault ?? false });
  },
  create: encrypt,
  complete: [],
  mend: { byDefault: encrypt },
};

async function requireTokens({ clients, call }: Reach, object: Desired<'instance-metadata'>): Promise<void> {
  const command = new ModifyInstanceMetadataDefaultsCommand({ HttpTokens: object.members.tokens });
  await clients.ec2(object.place).send(command, call);
}

/** Other defaults, such as the number of hops, are the customer's. Source: EC2 API, ModifyInstanceMetadataDefaults. */
export const instanceMetadataAtAws: KindAtAws<'instance-metadata'> = {
  async observe({ clients, call }, object) {
    const answer = await clients.ec2(object.place).send(new GetInstanceMetadataDefaultsCommand({}), call);
    return observedAs(object, { tokens: answer.AccountLevel?.HttpTokens ?? null });
  },
  create: requireTokens,
  complete: [],
  mend: { tokens: requireTokens },
};

async function blockSharing({ clients, call }: Reach, object: Desired<'snapshot-sharing'>): Promise<void> {
  const command = new EnableSnapshotBlockPublicAccessCommand({ State: object.members.public });
  await clients.ec2(object.place).send(command, call);
}

/** Source: EC2 API, EnableSnapshotBlockPublicAccess. */
export const snapshotSharingAtAws: KindAtAws<'snapshot-sharing'> = {
  async observe({ clients, call }, object) {
    const answer = await clients.ec2(object.place).send(new GetSnapshotBlockPublicAccessStateCommand({}), call);
    return observedAs(object, { public: answer.State ?? null });
  },
  create: blockSharing,
  complete: [],
  mend: { public: blockSharing },
};
