/** A payer that is hard pressed is spared: an operation rests for longer and longer, the others go on. */
import { expect, test } from '@jest/globals';
import { CallPace, metBy, Resting } from '../../../../src/infrastructure/aws/calls/call-pace.js';
import { classify, outcomeUnknown } from '../../../../src/infrastructure/aws/calls/errors.js';

const throttling = Object.assign(new Error('Rate exceeded'), {
  name: 'TooManyRequestsException',
  $metadata: { httpStatusCode: 400, requestId: 'req-1' },
});
const refuse = async (): Promise<never> => {
  throw throttling;
};
const answer = async (): Promise<string> => 'done';

/** A pace with a clock that the test moves; chance is always at its most. */
function paced() {
  let now = 0;
  const pace = new CallPace(
    () => now,
    () => 1,
  );
  const rest = async (): Promise<number> => {
    const error = await pace.keep('CreateAccount', answer).catch((thrown: unknown) => thrown);
    return error instanceof Resting ? error.restMs : 0;
  };
  return {
    pace,
    rest,
    pass(ms: number): void {
      now += ms;
    },
  };
}

test('each throttled call in a row doubles the rest, up to a minute, and an answer ends it', async () => {
  const { pace, rest, pass } = paced();
  const rests: number[] = [];
  for (let n = 0; n < 8; n++) {
    await expect(pace.keep('CreateAccount', refuse)).rejects.toBe(throttling);
    const ms = await rest();
    rests.push(ms);
    pass(ms);
  }
  expect(rests).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(await rest()).toBe(0);
  await expect(pace.keep('CreateAccount', refuse)).rejects.toBe(throttling);
  expect(await rest()).toBe(1_000);
});

test('calls that were under way together count once, and other operations go on', async () => {
  const { pace, rest } = paced();
  await Promise.allSettled([1, 2, 3].map(() => pace.keep('CreateAccount', refuse)));
  expect(await rest()).toBe(1_000);
  expect(await pace.keep('ListAccounts', answer)).toBe('done');
});

test('resting reads as throttling that was never sent, and names what AWS said', async () => {
  const { pace } = paced();
  await expect(pace.keep('CreateAccount', refuse)).rejects.toBe(throttling);
  const error = await pace.keep('CreateAccount', answer).catch((thrown: unknown) => thrown);
  expect(classify(error)).toMatchObject({ kind: 'throttled', requestId: 'req-1' });
  expect(outcomeUnknown(error)).toBe(false);
  expect(error).toHaveProperty('message', expect.stringContaining('TooManyRequests'));
});

test('what rests for want of a connection tells why none came about, and keeps the error for who looks for advice', async () => {
  const { pace } = paced();
  const untrusted = Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  await expect(pace.keep('ListAccounts', () => Promise.reject(untrusted))).rejects.toBe(untrusted);
  const resting = await pace.keep('ListAccounts', answer).catch((thrown: unknown) => thrown);
  expect(resting).toHaveProperty('message', expect.stringContaining('(DEPTH_ZERO_SELF_SIGNED_CERT)'));
  expect(metBy(resting)).toBe(untrusted);
});

test('a refusal and a lost answer are no sign of pressure', async () => {
  const { pace, rest } = paced();
  const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  await expect(pace.keep('CreateAccount', () => Promise.reject(lost))).rejects.toBe(lost);
  expect(await rest()).toBe(0);
});

test('what gives way rests while the other rests, and makes nothing rest there', async () => {
  const { pace: first } = paced();
  const second = new CallPace(
    () => 0,
    () => 1,
    first,
  );
  await expect(second.keep('ListAccounts', refuse)).rejects.toBe(throttling);
  await expect(second.keep('ListAccounts', answer)).rejects.toBeInstanceOf(Resting);
  expect(await first.keep('ListAccounts', answer)).toBe('done');
  await expect(first.keep('CreateAccount', refuse)).rejects.toBe(throttling);
  await expect(second.keep('CreateAccount', answer)).rejects.toBeInstanceOf(Resting);
});
