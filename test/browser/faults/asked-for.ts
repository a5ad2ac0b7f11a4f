/** What each page of the console asks for, and how one comes to ask for it. */
import type { Page } from 'playwright-core';
import type { Who } from '../support/browser.js';
import { acceptBoth, nameIt, next } from '../support/wizard.js';

/** The providers that the pages are about. */
export interface Providers {
  /** Its credentials are issued. */
  readonly ready: string;
  /** Its terms are to be accepted. */
  readonly requested: string;
  readonly halted: string;
}

export interface AskedFor {
  readonly name: string;
  readonly path: RegExp;
  readonly method?: string;
  /** What a person does for it; nothing where the page asks by itself. */
  readonly act?: (page: Page) => Promise<unknown>;
  /** What is seen where it fails, if that is not a problem with its title. */
  readonly failed?: RegExp;
  /** What is seen while it is waited for; null where the page is whole without it. */
  readonly waiting?: RegExp | null;
  /** What is seen once it came. */
  readonly whole: RegExp;
}

export interface PageOfConsole {
  readonly name: string;
  readonly who: Who;
  readonly address: (providers: Providers) => string;
  readonly answers: readonly AskedFor[];
}

const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click();
const choose = (menu: string, item: string | RegExp) => async (page: Page) => {
  await press(menu)(page);
  await page.getByRole('menuitem', { name: item }).click();
};
const confirm = async (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
async function toReview(page: Page): Promise<void> {
  await nameIt(page, 'Website');
  await next(page);
  await acceptBoth(page);
  await next(page);
}
async function create(page: Page): Promise<void> {
  await toReview(page);
  await press('Create the account')(page);
}
const live = { failed: /The live connection is lost|Changes are not told any more/, waiting: null } as const;
/** The button that was pressed says nothing but that it works. */
const working = null;

export const pages: readonly PageOfConsole[] = [
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
      {
        name: 'terms',
        path: /\/v1\/terms\?/,
        act: async (page) => {
          await nameIt(page, 'Website');
          await next(page);
        },
        whole: /I have read and accept/,
      },
      {
        name: 'names',
        path: /\/providers\?name=/,
        act: (page) => page.getByLabel('Name', { exact: true }).fill('Handed over'),
        // The name can be used all the same; only the warning is missing.
        failed: /Up to 64 characters/,
        waiting: null,
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
        waiting: working,
        whole: /Both terms and conditions accepted|Show credentials/,
      },
      {
        name: 'acceptance',
        path: /\/terms-acceptance$/,
        act: create,
        failed: /The provider is there, but the terms were not accepted/,
        waiting: working,
        whole: /Both terms and conditions accepted|Show credentials/,
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
        whole: /At the first sign-in/,
      },
      {
        name: 'console session',
        path: /\/console-sessions$/,
        act: choose('AWS Console', /As read-only/),
        waiting: working,
        whole: /Each time they are shown/,
      },
      {
        name: 'keys',
        path: /\/cli-sessions$/,
        act: choose('Command line', /As read-only/),
        waiting: working,
        whole: /These keys are shown once/,
      },
      {
        name: 'rename',
        path: /\/rename$/,
        act: async (page) => {
          await choose('Actions', 'Rename')(page);
          await confirm(page, 'Rename');
        },
        waiting: working,
        whole: /Renamed\./,
      },
    ],
  },
  {
    name: 'terms to accept',
    who: 'administrator',
    address: ({ requested }) => `/providers/${requested}`,
    answers: [{ name: 'terms', path: /\/v1\/terms\?/, whole: /I have read and accept/ }],
  },
  {
    name: 'the history',
    who: 'auditor',
    address: ({ ready }) => `/providers/${ready}/history`,
    answers: [
      {
        name: 'changes',
        path: /\/changes/,
        failed: /The history cannot be read now/,
        waiting: /Loading the history/,
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
      {
        name: 'a look',
        path: /\/hardening-checks$/,
        act: press('Look now'),
        waiting: working,
        whole: /as soon as its turn/,
      },
      {
        name: 'an exception',
        path: /\/exceptions\//,
        act: async (page) => {
          await press('Grant an exception')(page);
          await page.getByRole('dialog').getByLabel('Object').fill('user/AIDAEXAMPLE/global');
          await page.getByRole('dialog').getByLabel('Why').fill('Ours.');
          await confirm(page, 'Grant an exception');
        },
        waiting: working,
        whole: /The exception is granted/,
      },
    ],
  },
  {
    name: 'operations',
    who: 'operator',
    address: () => '/operations',
    answers: [
      { name: 'halts', path: /\/v1\/providers\?/, whole: /root-email-invalid: 1/ },
      { name: 'queue', path: /\/v1\/queue/, whole: /Nobody waits/ },
      { name: 'payers', path: /\/v1\/payers$/, whole: /at once/ },
      { name: 'statistics', path: /\/v1\/statistics/, whole: /Halts by reason/ },
      { name: 'read models', path: /\/v1\/projections/, whole: /provider-status/ },
      { name: 'a brake', path: /\/(pause|resume)$/, act: press('Pause payer-2'), waiting: working, whole: /Paused/ },
    ],
  },
  {
    name: 'webhooks',
    who: 'administrator',
    address: () => '/webhooks',
    answers: [{ name: 'webhooks', path: /\/v1\/webhooks\?/, whole: /No webhooks yet/ }],
  },
  {
    name: 'the audit',
    who: 'auditor',
    address: () => '/audit',
    answers: [
      { name: 'head', path: /\/v1\/audit\/head$/, whole: /Text to keep|None was signed yet/ },
      { name: 'providers', path: /\/v1\/providers\?/, whole: /Handed over/ },
      {
        name: 'verification',
        path: /\/v1\/audit\/verify/,
        act: press('Verify the whole log'),
        waiting: working,
        whole: /The log is/,
      },
      {
        name: 'evidence',
        path: /\/evidence$/,
        act: press('Download the evidence of Handed over'),
        waiting: working,
        whole: /Handed over/,
      },
    ],
  },
  // What follows changes what the pages above show, once it is late instead of refused.
  {
    name: 'a request that is taken back',
    who: 'administrator',
    address: ({ requested }) => `/providers/${requested}`,
    answers: [
      {
        name: 'withdrawal',
        path: /\/withdraw$/,
        act: async (page) => {
          await choose('Actions', 'Withdraw')(page);
          await confirm(page, 'Withdraw');
        },
        waiting: working,
        whole: /This request was withdrawn/,
      },
    ],
  },
  {
    name: 'a halt',
    who: 'administrator',
    address: ({ halted }) => `/providers/${halted}`,
    answers: [{ name: 'resumption', path: /\/resume$/, act: press('Resume'), waiting: working, whole: /It goes on\./ }],
  },
];
