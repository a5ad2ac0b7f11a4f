/** AWS has troubles of its own: it throttles, breaks, is busy with another change, or denies what it will allow later. */
import type { WireRequest } from '../../src/simulator/engine/core.js';
import type { AwsWorld } from './aws-world.js';
import type { Trouble, Troubles } from './troubles.js';

type Refusal = Parameters<AwsWorld['refuseNext']>[0];

/** Services that speak JSON name and number their errors otherwise. */
const refusals = (json: boolean): readonly (readonly [Trouble, Refusal])[] => [
  ['throttled', { kind: 'throttle' }],
  ['server error', { kind: 'error' }],
  [
    'concurrent modification',
    { kind: 'error', code: 'ConcurrentModificationException', status: 400, message: 'Another change is under way.' },
  ],
  [
    'access denied',
    {
      ...{ kind: 'error', message: 'You are not authorized to do this.' },
      ...(json ? { code: 'AccessDeniedException', status: 400 } : { code: 'AccessDenied', status: 403 }),
    } as Refusal,
  ],
];

/** How AWS refuses this request before it acts, if it does; `where` is for the trace. */
export function refusalOf(troubles: Troubles, { headers }: WireRequest, where: string): Refusal | undefined {
  const target = headers['x-amz-target'];
  const struck = refusals(target !== undefined).find(([trouble]) => {
    if (trouble === 'concurrent modification' && !target?.startsWith('AWSOrganizations')) return false;
    return troubles.strike(trouble, where);
  });
  return struck?.[1];
}
