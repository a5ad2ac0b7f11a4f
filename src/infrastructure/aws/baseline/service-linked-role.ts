/** A role that an AWS service made for itself on our word; AWS keeps its trust and its policies. */
import { CreateServiceLinkedRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import type { Desired } from '../../../domain/baseline/objects.js';
import { classify } from '../calls/errors.js';
import { nameTaken } from '../calls/name-taken.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import { type Reach, unless } from './reach.js';

/** Source: IAM API, CreateServiceLinkedRole; for a role that exists it answers InvalidInput with these words. */
const hasBeenTaken = /has been taken/i;

/** One that is taken shows when it is looked at again; any other InvalidInput refuses the request itself. */
async function create({ clients, call }: Reach, { members }: Desired<'service-linked-role'>): Promise<void> {
  const command = new CreateServiceLinkedRoleCommand({ AWSServiceName: members.service });
  const refused = (error: unknown): void => {
    if (!(error instanceof Error && classify(error).code === 'InvalidInput' && hasBeenTaken.test(error.message)))
      throw error;
  };
  await unless(['EntityAlreadyExists'], clients.iam.send(command, call)).catch(refused);
}

export const serviceLinkedRoleAtAws: KindAtAws<'service-linked-role'> = {
  async observe({ clients, call }, object) {
    const command = new GetRoleCommand({ RoleName: object.name });
    const answer = await unless(['NoSuchEntity'], clients.iam.send(command, call));
    // The path `/aws-service-role/<service>/` is AWS's own, so nobody else can make a role that passes for this one.
    const service = answer?.Role?.Path?.split('/')[2];
    if (answer?.Role && answer.Role.Path === '/')
      throw nameTaken(`A role with the name ${object.name} exists that is no service's`, 'GetRole', {
        name: object.name,
      });
    return observedAs(object, answer?.Role ? { service: service ?? null } : null);
  },
  create,
  complete: [],
  mend: { service: create },
};
