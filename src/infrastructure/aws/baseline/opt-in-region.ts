/** A region that AWS leaves disabled until an account enables it, which takes minutes and at times hours. */
import { EnableRegionCommand, GetRegionOptStatusCommand } from '@aws-sdk/client-account';
import type { Desired } from '../../../domain/baseline/objects.js';
import { type KindAtAws, observedAs } from './object-kind.js';
import type { Reach } from './reach.js';

/** AWS is still about it: nothing can be done in the region yet, and nothing is wrong. */
export class RegionInTransition extends Error {
  override readonly name = 'RegionInTransition';

  constructor(readonly region: string) {
    super(`AWS is still enabling the region ${region} in the account.`);
  }
}

async function enable({ clients, call }: Reach, { name: RegionName }: Desired<'opt-in-region'>): Promise<void> {
  await clients.account.send(new EnableRegionCommand({ RegionName }), call);
}

/** Throws {@link RegionInTransition}. Source: AWS Account Management API, GetRegionOptStatus and EnableRegion. */
export const optInRegionAtAws: KindAtAws<'opt-in-region'> = {
  async observe({ clients, call }, object) {
    const command = new GetRegionOptStatusCommand({ RegionName: object.name });
    const { RegionOptStatus } = await clients.account.send(command, call);
    if (RegionOptStatus === 'ENABLING' || RegionOptStatus === 'DISABLING') throw new RegionInTransition(object.name);
    const enabled = RegionOptStatus === 'ENABLED' || RegionOptStatus === 'ENABLED_BY_DEFAULT';
    return observedAs(object, { enabled });
  },
  create: enable,
  complete: [],
  mend: { enabled: enable },
};
