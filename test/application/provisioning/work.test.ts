import { expect, test } from '@jest/globals';
import type { Ensures } from '../../../src/application/ports/ensures.js';
import { ensure } from '../../../src/application/provisioning/work.js';
import { fold } from '../../support/given.js';
import * as s from '../../support/story.js';

test.each(['LinkPayer', 'AwaitReadiness', 'AuditTrail'] as const)(
  '%s without an account is refused by its own name',
  (step) => {
    const attempt = { now: 0, signal: new AbortController().signal, tries: 0 };
    const work = () => ensure({} as Ensures, step, 'p1', fold([s.providerRequested]), attempt, undefined);
    expect(work).toThrow(`${step} cannot be owed in stage requested`);
  },
);
