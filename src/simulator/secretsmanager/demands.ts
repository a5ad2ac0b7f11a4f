/** What calls of Secrets Manager ask permission for. Source: Service Authorization Reference, AWS Secrets Manager. */
import { type Demands, each, member } from '../policies/demand.js';
import { secretOf } from './documents.js';

export const secretsManagerDemands: Demands = each(
  ['CreateSecret', 'DeleteSecret', 'GetSecretValue'],
  (call, operation) => {
    const name = member(call, 'Name') ?? member(call, 'SecretId') ?? '';
    // The six characters that AWS adds to a name are not known before the secret is there.
    const arn = `arn:aws:secretsmanager:${call.region}:${call.account}:secret:${name}-000000`;
    const resource = secretOf(call, name)?.arn ?? arn;
    const context = { 'secretsmanager:Name': member(call, 'Name') };
    return [{ action: `secretsmanager:${operation}`, resource, context }];
  },
);
