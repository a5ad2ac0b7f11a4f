/** What calls of Account Management ask permission for. Source: Service Authorization Reference, AWS Account Management. */
import { type Demands, each, member } from '../policies/demand.js';

const contacts = ['DeleteAlternateContact', 'GetAlternateContact', 'PutAlternateContact'];
const regions = ['DisableRegion', 'EnableRegion', 'GetRegionOptStatus'];

export const accountDemands: Demands = each([...contacts, ...regions], (call, operation) => {
  const context = {
    'account:AlternateContactTypes': member(call, 'AlternateContactType'),
    'account:TargetRegion': member(call, 'RegionName'),
  };
  return [{ action: `account:${operation}`, resource: `arn:aws:account::${call.account}:account`, context }];
});
