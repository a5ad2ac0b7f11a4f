/** The pages of an organization's administrator. */
import type { Page } from 'playwright-core';
import { acceptBoth, nameIt, next } from '../../support/wizard.js';
import { byButton, byDialog, choose, confirm, inTurn, live, type PageOfConsole, press } from './asked-for.js';

const named = (page: Page): Promise<void> => nameIt(page, 'Website');
const toReview = inTurn(named, next, acceptBoth, next);
const create = inTurn(toReview, press('Create the account'));
const close = confirm('Close');
const asReadOnly = (menu: string) => choose(menu, /As read-only/);
const retype = (name: string) => (page: Page) => page.getByLabel('Name', { exact: true }).fill(name);

export const customerPages: readonly PageOfConsole[] = [
  {
    name: 'the start',
    who: 'administrator',
    address: () => '/',
    answers: [
      { name: 'settings', path: /\/console-settings$/, whole: /A provider stands for/ },
      { name: 'identity provider', path: /openid-configuration$/, whole: /A provider stands for/ },
      { name: 'token', path: /\/token$/, whole: /A provider stands for/ },
      { name: 'who it is', path: /\/v1\/me$/, whole: /A provider stands for/ },
    ],
  },
  {
    name: 'the list',
    who: 'administrator',
    address: () => '/',
    answers: [
      { name: 'providers', path: /\/v1\/organizations\/acme\/providers\?/, whole: /Handed over/ },
      { name: 'changes', path: /\/v1\/changes/, ...live, whole: /Handed over/ },
    ],
  },
  {
    name: 'the wizard',
    who: 'administrator',
    address: () => '/new',
    answers: [
      { name: 'territories', path: /\/v1\/territories$/, whole: /Where your organization has an office/ },
      {
        name: 'options',
        path: /\/options\?/,
        waiting: /Asking what your organization/,
        whole: /A Cloud Optimized option/,
      },
      { name: 'terms', path: /\/v1\/terms\?/, act: inTurn(named, next), whole: /I have read and accept/ },
      {
        name: 'names',
        path: /\/providers\?name=Handed/,
        act: retype('Handed over'),
        waiting: null,
        // The name can be used all the same; only the warning is missing, until it is typed again.
        failed: null,
        again: inTurn(retype('Website'), retype('Handed over')),
        whole: /Another provider of your organization has this name/,
      },
    ],
  },
  {
    name: 'the review',
    who: 'administrator',
    address: () => '/new',
    answers: [
      {
        name: 'forecast',
        path: /\?dryRun=true$/,
        act: toReview,
        waiting: /Asking how things stand/,
        whole: /a slot at AWS/,
      },
      {
        name: 'request',
        path: /\/acme\/providers$/,
        method: 'POST',
        act: create,
        waiting: null,
        again: press('Create the account'),
        whole: /Both terms and conditions accepted/,
      },
      {
        name: 'acceptance',
        path: /\/terms-acceptance$/,
        act: create,
        waiting: null,
        failed: /The provider is there, but the terms were not accepted/,
        again: inTurn(acceptBoth, press('Accept and create the account')),
        whole: /Both terms and conditions accepted/,
      },
    ],
  },
  {
    name: 'the page of a provider',
    who: 'administrator',
    address: ({ ready }) => `/providers/${ready}`,
    answers: [
      { name: 'status', path: /\/v1\/providers\/[^/?]+(\?|$)/, whole: /Ready after/ },
      { name: 'changes', path: /\/v1\/providers\/[^/]+\/changes/, ...live, whole: /Ready after/ },
      {
        name: 'credentials',
        path: /\/credentials\/reveal$/,
        act: press('Show credentials'),
        again: inTurn(close, press('Show credentials')),
        whole: /At the first sign-in/,
      },
      {
        name: 'console session',
        path: /\/console-sessions$/,
        waiting: null,
        act: asReadOnly('AWS Console'),
        again: inTurn(close, asReadOnly('AWS Console')),
        whole: /Each time they are shown/,
      },
      {
        name: 'keys',
        path: /\/cli-sessions$/,
        waiting: null,
        act: asReadOnly('Command line'),
        again: inTurn(close, asReadOnly('Command line')),
        whole: /These keys are shown once/,
      },
      byDialog(choose('Actions', 'Rename'), 'Rename', { name: 'rename', path: /\/rename$/, whole: /Renamed\./ }),
    ],
  },
  {
    name: 'terms to accept',
    who: 'administrator',
    address: ({ requested }) => `/providers/${requested}`,
    answers: [{ name: 'terms', path: /\/v1\/terms\?/, whole: /I have read and accept/ }],
  },
  {
    name: 'terms that are accepted',
    who: 'administrator',
    address: ({ toAccept }) => `/providers/${toAccept}`,
    answers: [
      {
        name: 'acceptance',
        path: /\/terms-acceptance$/,
        act: inTurn(acceptBoth, press('Accept and create the account')),
        waiting: null,
        again: press('Accept and create the account'),
        whole: /Both terms and conditions accepted/,
      },
    ],
  },
  {
    name: 'a request that is taken back',
    who: 'administrator',
    address: ({ toWithdraw }) => `/providers/${toWithdraw}`,
    answers: [
      byDialog(choose('Actions', 'Withdraw'), 'Withdraw', {
        name: 'withdrawal',
        path: /\/withdraw$/,
        whole: /This request was withdrawn/,
      }),
    ],
  },
  {
    name: 'a halt',
    who: 'administrator',
    address: ({ halted }) => `/providers/${halted}`,
    answers: [byButton('Resume', { name: 'resumption', path: /\/resume$/, whole: /It goes on\./ })],
  },
  {
    name: 'credentials that were claimed',
    who: 'administrator',
    address: ({ claimed }) => `/providers/${claimed}`,
    answers: [
      byDialog(press('Reissue'), 'Reissue', {
        name: 'reissue',
        path: /\/credentials\/reissue$/,
        whole: /New credentials are being made/,
      }),
    ],
  },
];
