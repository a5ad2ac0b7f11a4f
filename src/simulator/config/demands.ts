/** What calls of AWS Config ask permission for. Source: Service Authorization Reference, AWS Config. */
import type { Demands } from '../policies/demand.js';
import { service } from './roles.js';

export const configDemands: Demands = {
  PutConfigurationRecorder: (call) => {
    const { roleARN }: { roleARN?: unknown } = Object(call.input.ConfigurationRecorder);
    const recorder = { action: 'config:PutConfigurationRecorder', resource: '*' };
    if (typeof roleARN !== 'string') return [recorder];
    // Who gives a service a role must be allowed to pass it. Source: IAM User Guide, Granting permissions to pass a role.
    return [recorder, { action: 'iam:PassRole', resource: roleARN, context: { 'iam:PassedToService': service } }];
  },
};
