/** The regions that an account enables and disables by itself; enabling takes a while. */
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { disableRegion, enableRegion, type RegionStatus, regionStatus } from '../world/regions.js';
import { text } from './input.js';

/** Source: AWS Account Management API, EnableRegion, DisableRegion, GetRegionOptStatus. */
export const regionOperations: Operations = {
  EnableRegion(call) {
    const { name, status } = asked(call);
    // A region that is enabled stays so, and one that is being enabled takes no second request.
    if (status === 'ENABLING') throw conflict(name, 'enabling');
    const readyAt = call.now + call.latencies.enableRegionMs;
    if (status === 'DISABLED') enableRegion(call.documents, call.account, name, readyAt);
    return {};
  },
  DisableRegion(call) {
    const { name, status } = asked(call);
    if (status === 'ENABLING') throw conflict(name, 'enabling');
    if (status === 'ENABLED_BY_DEFAULT')
      throw new AwsError('ValidationException', 400, `The region ${name} is enabled by default and stays so.`);
    disableRegion(call.documents, call.account, name);
    return {};
  },
  GetRegionOptStatus(call) {
    const { name, status } = asked(call);
    return { RegionName: name, RegionOptStatus: status };
  },
};

function asked(call: Call): { readonly name: string; readonly status: RegionStatus } {
  const name = text(call, 'RegionName', { min: 1, max: 50 });
  const status = regionStatus(call.documents, call.account, name, call.now);
  if (status) return { name, status };
  throw new AwsError('ValidationException', 400, `The region ${name} is not known.`);
}

const conflict = (name: string, state: string): AwsError =>
  new AwsError('ConflictException', 409, `The region ${name} is ${state} at the moment.`);
