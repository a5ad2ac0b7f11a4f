/** What pictures are taken of: where it is, who looks, and what they do first. */
import type { Person, Who } from '../support/browser.js';
import { refusedCalls } from '../support/scenario.js';
import * as told from '../support/told.js';
import { acceptBoth, beginNew, nameIt, next } from '../support/wizard.js';
import * as hooks from './told-webhooks.js';

const click =
  (name: string) =>
  ({ page }: Person): Promise<void> =>
    page.getByRole('button', { name }).last().click();

/** Opens a menu and chooses from it. */
const choose =
  (menu: string, item: string) =>
  async ({ page }: Person): Promise<void> => {
    await page.getByRole('button', { name: menu, exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };

export interface Picture {
  readonly name: string;
  readonly who?: Who;
  readonly path: string;
  readonly status?: object;
  readonly take?: (person: Person) => Promise<void>;
  readonly ready: string | RegExp;
  /** Errors in the browser that belong to it. */
  readonly expected?: RegExp;
}

const provider = `/providers/${told.ids.production}`;

/** In the documents. */
export const pictures: readonly Picture[] = [
  { name: 'providers', path: '/', ready: 'Staging' },
  { name: 'progress', path: provider, ready: /PENDING_ACTIVATION/ },
  {
    name: 'credentials',
    path: provider,
    status: told.ready,
    ready: 'At the first sign-in',
    take: click('Show credentials'),
  },
  { name: 'history', path: `${provider}/history`, status: told.ready, ready: 'Credentials issued' },
  { name: 'access', path: `${provider}/access`, ready: 'CTLIntegrationAdminRole' },
  {
    name: 'hardening',
    who: 'operator',
    path: `${provider}/access`,
    status: told.ready,
    ready: 'A project runs there until spring.',
  },
  {
    name: 'exception',
    who: 'operator',
    path: `${provider}/access`,
    status: told.ready,
    ready: 'The last day (UTC)',
    take: click('Grant an exception'),
  },
  { name: 'exceptions', who: 'operator', path: '/exceptions', ready: 'A public site moves to another account.' },
  {
    name: 'halted',
    who: 'operator',
    path: `/providers/${told.ids.sandbox}`,
    status: told.halted,
    ready: /does not accept/,
  },
  { name: 'operations', who: 'operator', path: '/operations', ready: 'Halts by reason' },
  {
    name: 'audit',
    who: 'auditor',
    path: '/audit',
    ready: 'The log is as it was signed.',
    take: click('Verify the whole log'),
  },
  { name: 'webhooks', path: '/webhooks', ready: 'tickets.customer.example' },
  { name: 'webhook', path: `/webhooks/${hooks.webhookId}`, ready: 'No answer came within 10 seconds.' },
  {
    name: 'wizard',
    path: '/',
    ready: /A Cloud Optimized option/,
    async take({ page }) {
      await beginNew(page);
      await nameIt(page, 'Website');
    },
  },
  {
    name: 'terms',
    path: '/',
    ready: 'SHA-256',
    async take({ page }) {
      await beginNew(page);
      await nameIt(page, 'Website');
      await next(page);
    },
  },
  {
    name: 'review',
    path: '/',
    ready: /a slot at AWS/,
    async take({ page }) {
      await beginNew(page);
      await nameIt(page, 'Website');
      await next(page);
      await acceptBoth(page);
      await next(page);
    },
  },
];

/** Not in the documents: for whoever changes the console. */
export const furtherPictures: readonly Picture[] = [
  {
    name: 'webhook-new',
    path: '/webhooks/new',
    ready: 'Choose events',
    take: ({ page }) => page.getByRole('radio', { name: /Only some/ }).click(),
  },
  {
    name: 'webhook-replay',
    path: `/webhooks/${hooks.webhookId}`,
    ready: 'After a position',
    take: choose('Actions', 'Replay'),
  },
  {
    name: 'webhook-rotate',
    path: `/webhooks/${hooks.webhookId}`,
    ready: 'Make another secret?',
    take: choose('Actions', 'Rotate the secret'),
  },
  { name: 'rename', path: provider, ready: 'nothing is renamed at AWS', take: choose('Actions', 'Rename') },
  {
    name: 'reissue',
    path: provider,
    status: { ...told.ready, credentials: { ...told.credentials, state: 'claimed' } },
    ready: 'Remove the user’s MFA device',
    take: click('Reissue'),
  },
  { name: 'signed-out', path: '/signed-out', ready: 'You are signed out' },
  { name: 'none', path: '/nowhere', ready: 'There is no such page', expected: refusedCalls },
];
