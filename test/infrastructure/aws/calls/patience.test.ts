/** How long a step waits after a failure, and when it says so: failures in a row count, and looks do not. */
import { beforeEach, expect, test } from '@jest/globals';
import type { Ensure, StepResult } from '../../../../src/application/ports/ensures.js';
import { persistently } from '../../../../src/infrastructure/aws/calls/persistent-refusals.js';
import { later, patiently } from '../../../../src/infrastructure/aws/calls/step-results.js';
import { watched } from '../../../../src/infrastructure/aws/calls/watched-calls.js';
import { attempt } from '../../../support/aws.js';

const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const denied = Object.assign(new Error('No.'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
const throttling = Object.assign(new Error('Rate exceeded'), {
  name: 'Throttling',
  $metadata: { httpStatusCode: 400 },
});

interface Work {
  readonly providerId: string;
  readonly payerId: string;
  /** What the call ends in; `undefined` where the look finds nothing amiss. */
  readonly error?: Error;
}

let ensure: Ensure<Work>;
let tries = 0;
beforeEach(() => {
  tries = 0;
  ensure = persistently(
    'CreateAccount',
    patiently(async ({ error }) => {
      if (error) await failing(error);
      return later(2_000);
    }),
  );
});

/** Ends in the error as a call of an SDK client does. */
async function failing(error: Error): Promise<void> {
  type Send = (args: { input: object }) => Promise<never>;
  let send: Send = async () => {
    throw error;
  };
  watched({
    middlewareStack: {
      add: (step) => {
        send = step(send, { commandName: 'ListAccountsCommand' }) as Send;
      },
    },
  });
  await send({ input: {} });
}

const look = (error?: Error, providerId = 'provider-1') =>
  ensure({ providerId, payerId: 'payer-1', ...(error ? { error } : {}) }, attempt({ tries: tries++ }));

async function looks(times: number, error?: Error): Promise<readonly StepResult[]> {
  const answers = [];
  for (let n = 0; n < times; n++) answers.push(await look(error));
  return answers;
}

/** A first failure: a second at most, and nothing is said. */
function expectShortWait(answer: StepResult | undefined): void {
  expect(answer).toMatchObject({ kind: 'later', call: { operation: 'ListAccounts' } });
  expect(answer?.kind === 'later' && answer.retryAfterMs).toBeLessThanOrEqual(1_000);
}

test.each([
  ['a broken connection', reset, 3, 'aws-slow'],
  ['throttling', throttling, 3, 'aws-throttled'],
  ['a denial', denied, 2, 'access-denied'],
])(
  '%s is waited for as briefly after many looks as after none, and told once it lasts',
  async (_, error, silent, reason) => {
    await looks(500);
    expectShortWait(await look(error));
    await looks(1);
    const answers = await looks(silent + 1, error);
    expectShortWait(answers[0]);
    expect(answers.map(({ kind }) => kind)).toEqual([...Array(silent).fill('later'), 'delayed']);
    expect(answers.at(-1)).toMatchObject({ reason });
  },
);

test('failures of one provider are not those of another, and a first try forgets them', async () => {
  await looks(9, reset);
  expectShortWait(await look(reset, 'provider-2'));
  tries = 0;
  expectShortWait(await look(reset));
});
