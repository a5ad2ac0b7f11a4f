/** Nobody waits for the comparison of accounts, so what it meets at AWS keeps no step waiting. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../../../src/application/ports/clock.js';
import { openAccountLister } from '../../../../src/infrastructure/aws/creation/list-accounts.js';
import { type Aws, attempt, makeAccount, startAws } from '../../../support/aws.js';
import { until } from '../../../support/waiting.js';

let aws: Aws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

test('an account is linked at once while the listing of its payer rests', async () => {
  const work = await makeAccount(aws);
  const stop = new AbortController();
  const throttled = { kind: 'error', code: 'TooManyRequestsException', status: 400, service: 'organizations' } as const;
  const fault = await aws.control.inject({ ...throttled, operation: 'ListTagsForResource', times: 1_000 });
  const list = openAccountLister({ access: aws.access, settings: aws.settings, clock: systemClock });
  const listing = list('payer-1', stop.signal).catch((error: unknown) => error);
  // The SDK asks three times before it gives up, and only then the operation rests.
  await until(
    () => aws.control.calls({ operation: 'ListTagsForResource' }),
    ({ length }) => length >= 3,
  );
  await aws.control.withdrawFaults(fault);
  expect(await aws.ensures.LinkPayer(work, attempt())).toMatchObject({ kind: 'fact', event: { type: 'PayerLinked' } });
  stop.abort();
  await listing;
});
