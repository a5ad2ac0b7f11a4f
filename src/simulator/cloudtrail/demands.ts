/** What calls of CloudTrail ask permission for. Source: Service Authorization Reference, AWS CloudTrail. */
import type { Call } from '../engine/core.js';
import { type Demand, type Demands, each, member } from '../policies/demand.js';
import { arnOf, trailNamed } from './documents.js';

/** By the member that names the trail. */
const named = [
  'CreateTrail',
  'DeleteTrail',
  'GetTrail',
  'GetTrailStatus',
  'StartLogging',
  'StopLogging',
  'UpdateTrail',
];

const demand = (call: Call, operation: string, trail: string): Demand => ({
  action: `cloudtrail:${operation}`,
  resource: trailNamed(call, trail)?.arn ?? (trail.startsWith('arn:') ? trail : arnOf(call, trail)),
});

export const cloudtrailDemands: Demands = {
  ...each(named, (call, operation) => {
    const name = member(call, 'Name') ?? '';
    const isTagged = Array.isArray(call.input.TagsList) && call.input.TagsList.length > 0;
    return [demand(call, operation, name), ...(isTagged ? [demand(call, 'AddTags', name)] : [])];
  }),
  ...each(['GetEventSelectors', 'PutEventSelectors'], (call, operation) => [
    demand(call, operation, member(call, 'TrailName') ?? ''),
  ]),
  ...each(['AddTags', 'RemoveTags'], (call, operation) => [demand(call, operation, member(call, 'ResourceId') ?? '')]),
  ListTags: (call) => [call.input.ResourceIdList ?? []].flat().map((trail) => demand(call, 'ListTags', String(trail))),
};
