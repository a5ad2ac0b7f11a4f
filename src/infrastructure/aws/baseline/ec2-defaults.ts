/** What EC2 does in a region unless it is told otherwise: three switches, each read and set by calls of its own. */
import type { Desired } from '../../../domain/baseline/objects.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import type { Reach } from './reach.js';

/** The service's client in a region and its commands, loaded when first used because they are large. */
async function ec2In({ clients }: Reach, region: string) {
  return { commands: await import('@aws-sdk/client-ec2'), client: await clients.ec2(region) };
}

async function encrypt(reach: Reach, { place }: Desired<'volume-encryption'>): Promise<void> {
  const { client, commands } = await ec2In(reach, place);
  await client.send(new commands.EnableEbsEncryptionByDefaultCommand({}), reach.call);
}

/** The key stays the one of AWS, or the one the customer chose. Source: EC2 API, EnableEbsEncryptionByDefault. */
export const volumeEncryptionAtAws: KindAtAws<'volume-encryption'> = {
  async observe(reach, object) {
    const { client, commands } = await ec2In(reach, object.place);
    const answer = await client.send(new commands.GetEbsEncryptionByDefaultCommand({}), reach.call);
    return observedAs(object, { byDefault: answer.EbsEncryptionByDefault ?? false });
  },
  create: encrypt,
  complete: [],
  mend: { byDefault: encrypt },
};

async function requireTokens(reach: Reach, object: Desired<'instance-metadata'>): Promise<void> {
  const { client, commands } = await ec2In(reach, object.place);
  const command = new commands.ModifyInstanceMetadataDefaultsCommand({ HttpTokens: object.members.tokens });
  await client.send(command, reach.call);
}

/** Other defaults, such as the number of hops, are the customer's. Source: EC2 API, ModifyInstanceMetadataDefaults. */
export const instanceMetadataAtAws: KindAtAws<'instance-metadata'> = {
  async observe(reach, object) {
    const { client, commands } = await ec2In(reach, object.place);
    const answer = await client.send(new commands.GetInstanceMetadataDefaultsCommand({}), reach.call);
    return observedAs(object, { tokens: answer.AccountLevel?.HttpTokens ?? null });
  },
  create: requireTokens,
  complete: [],
  mend: { tokens: requireTokens },
};

async function blockSharing(reach: Reach, object: Desired<'snapshot-sharing'>): Promise<void> {
  const { client, commands } = await ec2In(reach, object.place);
  const command = new commands.EnableSnapshotBlockPublicAccessCommand({ State: object.members.public });
  await client.send(command, reach.call);
}

/** Source: EC2 API, EnableSnapshotBlockPublicAccess. */
export const snapshotSharingAtAws: KindAtAws<'snapshot-sharing'> = {
  async observe(reach, object) {
    const { client, commands } = await ec2In(reach, object.place);
    const answer = await client.send(new commands.GetSnapshotBlockPublicAccessStateCommand({}), reach.call);
    return observedAs(object, { public: answer.State ?? null });
  },
  create: blockSharing,
  complete: [],
  mend: { public: blockSharing },
};
