/** The public access block of a whole account in S3. */
import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { type KindAtAws, observedAs } from './object-kind.js';
import { blocksAll, everyBlock } from './public-access.js';
import { type Reach, unless } from './reach.js';

async function block({ clients, call, accountId: AccountId }: Reach): Promise<void> {
  const command = new PutPublicAccessBlockCommand({ AccountId, PublicAccessBlockConfiguration: everyBlock });
  await clients.s3Control.send(command, call);
}

/**
 * What is read takes in the policies of the organization, so a block of theirs is as good as one of our own and nothing is
 * written over it, which AWS would refuse. Source: S3 Control API, GetPublicAccessBlock and PutPublicAccessBlock.
 */
export const publicAccessBlockAtAws: KindAtAws<'public-access-block'> = {
  async observe({ clients, call, accountId: AccountId }, object) {
    const command = new GetPublicAccessBlockCommand({ AccountId });
    const answer = await unless(['NoSuchPublicAccessBlockConfiguration'], clients.s3Control.send(command, call));
    return observedAs(object, answer ? { blocked: blocksAll(answer.PublicAccessBlockConfiguration) } : null);
  },
  create: block,
  complete: [],
  mend: { blocked: block },
};
