/** The pages of the reseller's people. */
import type { Page } from 'playwright-core';
import { byButton, byDialog, inTurn, type PageOfConsole, press } from './asked-for.js';

/** No object of the account, so that no look finds anything about it meanwhile. */
export const excepted = 'user/AIDAEXCEPTED/global';

async function fillException(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Object').fill('user/AIDAEXAMPLE/global');
  await dialog.getByLabel('Why').fill('Ours.');
}

export const staffPages: readonly PageOfConsole[] = [
  {
    name: 'the history',
    who: 'auditor',
    address: ({ ready }) => `/providers/${ready}/history`,
    answers: [
      {
        name: 'changes',
        path: /\/changes/,
        waiting: /Loading the history/,
        failed: /The history cannot be read now/,
        again: null,
        whole: /After fact/,
      },
      { name: 'a moment', path: /\/v1\/providers\/[^/?]+\?at=/, whole: /Has no credentials/ },
    ],
  },
  {
    name: 'access and hardening',
    who: 'operator',
    address: ({ ready }) => `/providers/${ready}/access`,
    answers: [
      { name: 'hardening', path: /\/hardening$/, whole: /Last looked at/ },
      byButton('Look now', { name: 'a look', path: /\/hardening-checks$/, whole: /as soon as its turn/ }),
      byDialog(press(`Take back the exception of ${excepted}`), 'Take back', {
        name: 'an exception that is taken back',
        path: /\/exceptions\//,
        method: 'DELETE',
        whole: /The exception is taken back/,
      }),
    ],
  },
  {
    name: 'the access of another account',
    who: 'operator',
    address: ({ claimed }) => `/providers/${claimed}/access`,
    answers: [
      byDialog(inTurn(press('Grant an exception'), fillException), 'Grant an exception', {
        name: 'an exception',
        path: /\/exceptions\//,
        method: 'PUT',
        whole: /The exception is granted/,
      }),
    ],
  },
  {
    name: 'operations',
    who: 'operator',
    address: () => '/operations',
    answers: [
      { name: 'halts', path: /\/v1\/providers\?/, whole: /root-email-invalid: \d|Nothing is halted/ },
      { name: 'queue', path: /\/v1\/queue/, whole: /Nobody waits/ },
      { name: 'payers', path: /\/v1\/payers$/, whole: /at once/ },
      { name: 'quarantine', path: /\/v1\/quarantine$/, whole: /Nothing is out of the ordinary/ },
      {
        name: 'reconciliation',
        path: /\/v1\/reconciliation$/,
        anyShape: true,
        whole: /Nothing is out of the ordinary/,
      },
      { name: 'statistics', path: /\/v1\/statistics/, whole: /Halts by reason/ },
      { name: 'read models', path: /\/v1\/projections/, whole: /provider-status/ },
      byButton('Pause payer-2', { name: 'a brake', path: /\/(pause|resume)$/, whole: /Paused/ }),
    ],
  },
  {
    name: 'exceptions',
    who: 'operator',
    address: () => '/exceptions',
    answers: [{ name: 'exceptions', path: /\/v1\/exceptions\?/, whole: /A test runs there/ }],
  },
  {
    name: 'the audit',
    who: 'auditor',
    address: () => '/audit',
    answers: [
      { name: 'head', path: /\/v1\/audit\/head$/, whole: /Text to keep|None was signed yet/ },
      { name: 'providers', path: /\/v1\/providers\?/, whole: /Handed over/ },
      byButton('Verify the whole log', { name: 'verification', path: /\/v1\/audit\/verify/, whole: /The log is/ }),
      byButton('Download the evidence of Handed over', {
        name: 'evidence',
        path: /\/evidence$/,
        whole: /Handed over/,
      }),
    ],
  },
];
