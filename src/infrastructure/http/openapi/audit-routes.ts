/** What is said of the routes that prove what the log holds. */
import * as audits from './audit-answers.js';
import type { RouteWords } from './words.js';

/** By method and path. */
export const auditRoutes: Readonly<Record<string, RouteWords>> = {
  'GET /v1/providers/{id}/receipt': {
    call: 'readReceipt',
    tag: 'Audit',
    summary: 'The proof that one fact of a provider is in the log.',
    answer: audits.receiptAnswer,
    problems: ['not-found', 'head-pending', 'quarantined'],
  },
  'GET /v1/audit/events': {
    call: 'exportEvents',
    tag: 'Audit',
    summary: 'The whole log from any position on, one event a line.',
    answer: 'application/x-ndjson',
  },
  'GET /v1/audit/providers/{id}/evidence': {
    call: 'readEvidence',
    tag: 'Audit',
    summary: 'The evidence about one provider, as an archive that verifies without this service.',
    answer: 'application/zip',
    problems: ['not-found', 'head-pending'],
  },
  'POST /v1/audit/verify': {
    call: 'verifyLog',
    tag: 'Audit',
    summary: 'Verify the whole log against a signed head.',
    answer: audits.verificationAnswer,
  },
  'GET /v1/audit/keys': {
    call: 'readAuditKeys',
    tag: 'Audit',
    summary: 'The keys that sign heads of the log.',
    answer: audits.keysAnswer,
  },
  'GET /v1/audit/head': {
    call: 'readHead',
    tag: 'Audit',
    summary: 'The head of the log that was signed last.',
    answer: audits.headAnswer,
    problems: ['head-pending'],
  },
  'GET /v1/audit/consistency': {
    call: 'readConsistency',
    tag: 'Audit',
    summary: 'The proof that one head of the log grew out of another.',
    answer: audits.consistencyAnswer,
  },
};
