/** Errors are told apart by name and status as AWS sends them, and shown to support without secrets. */
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { expect, test } from '@jest/globals';
import { classify, outcomeUnknown, succeeds, youngAccount } from '../../../../src/infrastructure/aws/calls/errors.js';
import { bodyOf, failedCall } from '../../../../src/infrastructure/aws/calls/failed-call.js';

/** An error as the SDK throws it. */
const sdkError = (name: string, httpStatusCode: number | undefined, more: object = {}, message = 'said AWS') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId: 'req-1' } }, more);

test.each([
  ['TooManyRequestsException', 400, 'throttled'],
  ['Throttling', 400, 'throttled'],
  ['SlowDown', 503, 'throttled'],
  ['Unknown', 429, 'throttled'],
  ['LimitExceededException', 409, 'other'],
  ['ServiceException', 500, 'unavailable'],
  ['SyntaxError', 503, 'unavailable'],
  ['SyntaxError', 200, 'unreachable'],
  ['Unknown', 503, 'unavailable'],
  ['TimeoutError', undefined, 'timeout'],
  ['OptInRequired', 403, 'young-account'],
  ['SubscriptionRequiredException', 400, 'young-account'],
  ['RegionDisabledException', 403, 'young-account'],
  ['AccessDeniedException', 400, 'denied'],
  ['AccessDenied', 403, 'denied'],
  ['ConcurrentModificationException', 400, 'race'],
  ['EntityTemporarilyUnmodifiableException', 409, 'race'],
  ['InsufficientS3BucketPolicyException', 400, 'race'],
  ['OperationAborted', 409, 'race'],
  ['CredentialsProviderError', undefined, 'own-credentials'],
  ['TokenProviderError', undefined, 'own-credentials'],
  ['ExpiredToken', 403, 'own-credentials'],
  ['ExpiredTokenException', 400, 'own-credentials'],
  ['NoSuchEntityException', 404, 'other'],
] as const)('%s with status %s is %s', (name, status, kind) => {
  expect(classify(sdkError(name, status)).kind).toBe(kind);
});

test('words decide where AWS reuses a name', () => {
  const principal = sdkError('MalformedPolicyDocumentException', 400, {}, 'Invalid principal in policy: "AWS":"arn"');
  expect(classify(principal).kind).toBe('race');
  expect(classify(sdkError('MalformedPolicyDocumentException', 400)).kind).toBe('other');
  const words = 'The AWS Access Key Id needs a subscription for the service';
  expect(classify(sdkError('AuthFailure', 401, {}, words)).kind).toBe('young-account');
});

test('code, reason, request id and the denied action are kept', () => {
  expect(classify(sdkError('ConstraintViolationException', 400, { Reason: 'TAG_POLICY_VIOLATION' }))).toEqual({
    kind: 'other',
    code: 'ConstraintViolation',
    reason: 'TAG_POLICY_VIOLATION',
    requestId: 'req-1',
  });
  const words =
    'User: arn:aws:sts::1:x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/r';
  expect(classify(sdkError('AccessDenied', 403, {}, words))).toMatchObject({ operation: 'sts:AssumeRole' });
});

test('a denial counts as young only where readiness asks', () => {
  expect(youngAccount(sdkError('AccessDenied', 403))).toBe(true);
  expect(youngAccount(sdkError('OptInRequired', 403))).toBe(true);
  expect(youngAccount(sdkError('NoSuchEntityException', 404))).toBe(false);
});

test('only a refusal that was read, or a request that nobody could sign, is a known outcome', () => {
  expect(outcomeUnknown(sdkError('InvalidInputException', 400))).toBe(false);
  expect(outcomeUnknown(sdkError('CredentialsProviderError', undefined))).toBe(false);
  for (const status of [undefined, 200, 500, 503]) expect(outcomeUnknown(sdkError('Anything', status))).toBe(true);
  expect(outcomeUnknown('not even an error')).toBe(true);
});

test('a call that met no server has no connection, or no answer where the SDK hides why', async () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = new IAMClient({ endpoint: 'http://127.0.0.1:9', region: 'us-east-1', credentials, maxAttempts: 1 });
  const error: unknown = await client.send(new ListUsersCommand({})).catch((thrown: unknown) => thrown);
  expect(['unreachable', 'timeout']).toContain(classify(error).kind);
  const refused = Object.assign(new Error(), { code: 'ECONNREFUSED', $metadata: {} });
  expect(classify(refused).kind).toBe('unreachable');
  expect(outcomeUnknown(refused)).toBe(false);
});

test('only the expected error is tolerated', async () => {
  const fails = () => Promise.reject(sdkError('NoSuchEntityException', 404));
  expect(await succeeds(Promise.resolve(1), 'NoSuchEntity')).toBe(true);
  expect(await succeeds(fails(), 'NoSuchEntity')).toBe(false);
  await expect(succeeds(fails(), 'EntityAlreadyExists')).rejects.toThrow('said AWS');
});

test('support sees the call without its secrets', () => {
  const input = { UserName: 'administrator', Password: 'hunter2', nested: { SessionToken: 'token' } };
  expect(failedCall(sdkError('LimitExceededException', 409), 'CreateLoginProfile', input)).toEqual({
    operation: 'CreateLoginProfile',
    requestId: 'req-1',
    error: 'LimitExceeded: said AWS',
    body: '{"UserName":"administrator","Password":"(secret)","nested":{"SessionToken":"(secret)"}}',
  });
  expect(bodyOf(input)).not.toMatch(/hunter2|token"/);
});

test("what AWS echoes of a request is masked, and so is the secret by which an account's owner lets us in", () => {
  const echoed = [
    "The request signature we calculated does not match. The Canonical String should have been 'POST",
    'host:sts.amazonaws.com',
    'x-amz-security-token:IQoJb3JpZ2luX2VjE4TOKEN==',
    "' and Credential=ASIASIMULATOR00000001/20261128, Signature=0a1b2c3d",
  ].join('\n');
  const input = { RoleArn: 'arn:aws:iam::1:role/r', ExternalId: 'owner-secret', Note: 'Bearer abc.def' };
  const call = failedCall(sdkError('SignatureDoesNotMatch', 403, {}, echoed), 'AssumeRole', input);
  expect(call.error).toContain('does not match');
  expect(JSON.stringify(call)).not.toMatch(/IQoJ|TOKEN|ASIASIM|0a1b2c|owner-secret|abc\.def/);
});
