/** What is owed after the credentials waits where another step would halt, and no person is named in what is recorded of it. */
import { expect, test } from '@jest/globals';
import type { StepResult } from '../../../../src/application/ports/ensures.js';
import { withoutHalts } from '../../../../src/infrastructure/aws/calls/delayed-halts.js';
import { failedCall } from '../../../../src/infrastructure/aws/calls/failed-call.js';
import { fact, halted, later } from '../../../../src/infrastructure/aws/calls/step-results.js';
import { stepApplied } from '../../../support/story.js';

const attempt = { now: 0, tries: 0, signal: new AbortController().signal };
const result = (of: StepResult) => withoutHalts(async () => of)(undefined, attempt);

test('a halt becomes a wait for the same reason, which an operator hears of', async () => {
  const call = failedCall(new Error('closed'), 'EnableEbsEncryptionByDefault', {});
  expect(await result(halted('RegionDefaults', 'access-denied', 'A region is closed.', call))).toEqual({
    kind: 'delayed',
    reason: 'access-denied',
    words: 'A region is closed.',
    retryAfterMs: 3_600_000,
    call,
    advice: 'A region is closed. It is tried again each hour by itself.',
  });
});

test.each([fact(stepApplied('RegionDefaults')), later(5)])(
  'whatever else comes of it stays as it is',
  async (other) => {
    expect(await result(other)).toBe(other);
  },
);

test('a failed call that names a contact is told without the person, and any other with its names', () => {
  const contact = { Name: 'Ann', Title: 'Head', EmailAddress: 'ann@customer.example', PhoneNumber: '+1 555' };
  const { body } = failedCall(new Error('no'), 'PutAlternateContact', { AlternateContactType: 'SECURITY', ...contact });
  for (const personal of Object.values(contact)) expect(body).not.toContain(personal);
  expect(body).toContain('SECURITY');
  expect(failedCall(new Error('no'), 'GetTrail', { Name: 'ctl-audit' }).body).toContain('ctl-audit');
});
