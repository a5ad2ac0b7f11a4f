/** Secrets: made once under a name, read, and deleted after a while in which the name stays taken and nothing can be read. */
import { violationText } from '../engine/constraints.js';
import { AwsError, type Call, type Operations } from '../engine/core.js';
import { inputReader } from '../engine/input.js';
import { putSecret, type SecretDocument, secretOf } from './documents.js';

const { optionalFlag, optionalText, text, wholeNumber } = inputReader((breach) =>
  refusal('Validation', violationText(breach)),
);

function refusal(code: string, words: string): AwsError {
  return new AwsError(`${code}Exception`, 400, words);
}

const nameRule = { least: 1, most: 512, pattern: /^[A-Za-z0-9/_+=.@-]+$/ };
const dayMs = 86_400_000;

/** Source: Secrets Manager API, CreateSecret, GetSecretValue, DeleteSecret, with their errors. */
export const secretOperations: Operations = {
  CreateSecret(call) {
    const name = text(call, 'Name');
    if (!nameRule.pattern.test(name) || name.length > nameRule.most) throw refusal('Validation', 'Invalid name.');
    const value = text(call, 'SecretString');
    const token = optionalText(call, 'ClientRequestToken') ?? call.uniqueId(32);
    const before = secretOf(call, name);
    if (before?.deletedAt != null) {
      const words = "You can't create this secret because a secret with this name is already scheduled for deletion.";
      throw refusal('InvalidRequest', words);
    }
    if (before && (before.token !== token || before.value !== value))
      throw refusal('ResourceExists', `The operation failed because the secret ${name} already exists.`);
    const secret = before ?? { name, arn: arnOf(call, name), token, value, deletedAt: null, goneAt: null };
    putSecret(call, secret);
    return { ARN: secret.arn, Name: name, VersionId: token };
  },
  GetSecretValue(call) {
    const { name, arn, value, token } = readable(call);
    return { ARN: arn, Name: name, SecretString: value, VersionId: token, VersionStages: ['AWSCURRENT'] };
  },
  DeleteSecret(call) {
    const force = optionalFlag(call, 'ForceDeleteWithoutRecovery') ?? false;
    const days = wholeNumber(call, 'RecoveryWindowInDays', 7, 30);
    if (force && days !== undefined)
      throw refusal('InvalidParameter', "You can't use ForceDeleteWithoutRecovery with RecoveryWindowInDays.");
    const secret = readable(call);
    const goneAt = call.now + (force ? 0 : (days ?? 30) * dayMs);
    putSecret(call, { ...secret, deletedAt: call.now, goneAt });
    return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(goneAt) };
  },
};

const arnOf = (call: Call, name: string): string =>
  `arn:aws:secretsmanager:${call.region}:${call.account}:secret:${name}-${call.uniqueId(6)}`;

/** @throws ResourceNotFoundException, InvalidRequestException for one that is marked for deletion */
function readable(call: Call): SecretDocument {
  const secret = secretOf(call, text(call, 'SecretId'));
  if (!secret) throw refusal('ResourceNotFound', "Secrets Manager can't find the specified secret.");
  if (secret.deletedAt === null) return secret;
  const words = "You can't perform this operation on the secret because it was marked for deletion.";
  throw refusal('InvalidRequest', words);
}
