/** Which errors the baseline takes for its own changes that settle, how long, and how it does several things at once. */
import { expect, test } from '@jest/globals';
import { type Pace, settle } from '../../../../src/infrastructure/aws/baseline/patience.js';
import { sideBySide } from '../../../../src/infrastructure/aws/baseline/side-by-side.js';

const named = (name: string, message = 'said AWS', status = 400): Error =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
/** A title and the error, since a whole error makes no readable title. */
const rows = (...errors: readonly Error[]) =>
  errors.map((error) => [`${error.name} (${error.message})`, error] as const);
const pace = (changed: Partial<Pace> = {}): Pace => ({ now: 1_000, since: 1_000, random: 1, ...changed });

test.each(
  rows(
    named('InsufficientS3BucketPolicyException'),
    named('InsufficientDeliveryPolicyException'),
    named('InvalidRoleException'),
    named('NoSuchEntityException', 'said AWS', 404),
    named('NoAvailableDeliveryChannelException'),
    named('OperationAborted', 'said AWS', 409),
    named('EntityTemporarilyUnmodifiableException', 'said AWS', 409),
    named('MalformedPolicyDocumentException', 'Invalid principal in policy: "AWS":"arn:…"'),
    named('AccessDenied', 'said AWS', 403),
  ),
)('%s settles: it is waited for soon, then less often, for two minutes', (_title, error) => {
  expect(settle(error, pace())).toEqual({ kind: 'later', retryAfterMs: 500 });
  expect(settle(error, pace({ now: 9_000 }))).toEqual({ kind: 'later', retryAfterMs: 4_000 });
  expect(settle(error, pace({ now: 120_999 }))).toEqual({ kind: 'later', retryAfterMs: 5_000 });
  expect(settle(error, pace({ now: 121_000 }))).toBeUndefined();
});

test.each(
  rows(
    named('Throttling'),
    named('TooManyRequestsException', 'said AWS', 429),
    named('SlowDown', 'said AWS', 503),
    named('ServiceFailureException', 'said AWS', 500),
    named('TimeoutError'),
    named('SubscriptionRequiredException'),
    named('MalformedPolicyDocumentException'),
    named('LimitExceededException'),
    new Error('ours'),
  ),
)('%s is left to what every step does with it', (_title, error) => {
  expect(settle(error, pace())).toBeUndefined();
});

test('work side by side keeps the order of its answers and its limit', async () => {
  let running = 0;
  let most = 0;
  const work = async (item: number): Promise<number> => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
    return item * 10;
  };
  expect(await sideBySide([1, 2, 3, 4, 5, 6, 7], 3, work)).toEqual([10, 20, 30, 40, 50, 60, 70]);
  expect(most).toBe(3);
});

test('after a failure nothing is begun, what runs is awaited, and the first failure is thrown', async () => {
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    if (item === 1) throw new Error('first');
    await new Promise(setImmediate);
    ended.push(item);
    if (item === 2) throw new Error('second');
  };
  await expect(sideBySide([1, 2, 3, 4], 2, work)).rejects.toThrow('first');
  expect(ended).toEqual([2]);
});
