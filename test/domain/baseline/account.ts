/** One account's baseline to test with, and observations of it. */
import { desiredState } from '../../../src/domain/baseline/desired-state.js';
import type { DesiredObject, Observed } from '../../../src/domain/baseline/objects.js';
import type { BaselineSettings } from '../../../src/domain/baseline/settings.js';
import { baselineSteps } from '../../../src/domain/provider/steps.js';

export const settings: BaselineSettings = {
  prefix: 'CTL',
  resellerName: 'CenturyLink',
  accountId: '123456789012',
  automationRoleArn: 'arn:aws:iam::210987654321:role/PartnerCloudAutomation',
  payerRoleArn: 'arn:aws:iam::111122223333:role/PartnerCloudVending',
  homeRegion: 'us-east-1',
  regions: ['us-east-1', 'eu-west-1', 'eu-south-1'],
  contacts: [
    { type: 'SECURITY', name: 'Desk', title: 'Security', email: 'security@reseller.example', phone: '+1 555 0100' },
    { type: 'OPERATIONS', name: 'Desk', title: 'Operations', email: 'ops@reseller.example', phone: '+1 555 0101' },
  ],
};

export const allObjects: readonly DesiredObject[] = baselineSteps.flatMap((step) => desiredState(step, settings));

/** The object as it is when nothing is wrong with it. */
export const asDesired = ({ kind, name, place, members }: DesiredObject): Observed => ({ kind, name, place, members });

export const titleOf = ({ kind, name, place }: DesiredObject): string => `${kind} ${name} in ${place}`;
