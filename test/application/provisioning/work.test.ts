import { expect, test } from '@jest/globals';
import type { Ensures, SettleWork } from '../../../src/application/ports/ensures.js';
import { ensure } from '../../../src/application/provisioning/work.js';
import { evolve } from '../../../src/domain/provider/evolve.js';
import { fold, minute } from '../../support/given.js';
import * as s from '../../support/story.js';

test('the age of credentials counts from when they were issued, whatever was recorded of their provider since', () => {
  const issued = fold(s.active);
  const issuedAt = minute(s.active.findIndex(({ type }) => type === 'CredentialsIssued'));
  const later = minute(10_000);
  const known = [s.halted('SettleCredentials'), s.resumed].reduce(
    (provider, event) => evolve(provider, event, later),
    issued,
  );
  expect(known).toMatchObject({ stage: 'active', since: later });
  const asked: SettleWork[] = [];
  const ensures = { SettleCredentials: (work: SettleWork) => void asked.push(work) } as unknown as Ensures;
  const attempt = { now: 0, signal: new AbortController().signal, tries: 0 };
  ensure(ensures, 'SettleCredentials', 'p1', known, attempt, undefined);
  expect(asked).toMatchObject([{ issuedAt }]);
});

test.each(['LinkPayer', 'AwaitReadiness', 'AuditTrail'] as const)(
  '%s without an account is refused by its own name',
  (step) => {
    const attempt = { now: 0, signal: new AbortController().signal, tries: 0 };
    const work = () => ensure({} as Ensures, step, 'p1', fold([s.providerRequested]), attempt, undefined);
    expect(work).toThrow(`${step} cannot be owed in stage requested`);
  },
);
