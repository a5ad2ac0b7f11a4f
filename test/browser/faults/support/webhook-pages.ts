/** The pages of webhooks. */
import type { Page } from 'playwright-core';
import { byButton, byDialog, choose, inTurn, type PageOfConsole, press } from './asked-for.js';

const fromTheStart = (page: Page) => page.getByRole('radio', { name: 'From the start of the log' }).check();
const withReason = (page: Page) => page.getByLabel('Why').fill('The receiver moves.');
const action = (name: string) => choose('Actions', name);

export const webhookPages: readonly PageOfConsole[] = [
  {
    name: 'webhooks',
    who: 'administrator',
    address: () => '/webhooks',
    answers: [{ name: 'webhooks', path: /\/v1\/webhooks\?/, whole: /CredentialsExpired/ }],
  },
  {
    name: 'a new webhook',
    who: 'administrator',
    address: () => '/webhooks/new',
    answers: [
      {
        name: 'subscription',
        path: /\/v1\/webhooks$/,
        method: 'POST',
        act: async (page, { receiver }) => {
          await page.getByLabel('Address').fill(receiver);
          await press('Create')(page);
        },
        waiting: null,
        again: press('Create'),
        whole: /Keep the secret now/,
      },
    ],
  },
  {
    name: 'a webhook',
    who: 'administrator',
    address: ({ enabled }) => `/webhooks/${enabled}`,
    answers: [
      { name: 'webhook', path: /\/v1\/webhooks\/[^/]+$/, whole: /Number \d/ },
      { name: 'deliveries', path: /\/deliveries$/, whole: /Nothing has been sent yet|Taken/ },
      byButton('Send a test', { name: 'test', path: /\/test$/, whole: /The test was taken/ }),
      byDialog(action('Rotate the secret'), 'Rotate the secret', {
        name: 'rotation',
        path: /\/rotate$/,
        whole: /The new secret/,
      }),
      byDialog(inTurn(action('Replay'), fromTheStart), 'Replay', {
        name: 'replay',
        path: /\/replay$/,
        whole: /It is sent once more/,
      }),
    ],
  },
  {
    name: 'a webhook that is to rest',
    who: 'administrator',
    address: ({ toDisable }) => `/webhooks/${toDisable}`,
    answers: [
      byDialog(inTurn(action('Disable'), withReason), 'Disable', {
        name: 'disabling',
        path: /\/disable$/,
        whole: /nothing is sent/,
      }),
    ],
  },
  {
    name: 'a webhook that is to go on',
    who: 'administrator',
    address: ({ disabled }) => `/webhooks/${disabled}`,
    answers: [byButton('Enable', { name: 'enabling', path: /\/enable$/, whole: /it goes on where it stood/ })],
  },
  {
    name: 'a webhook that is to go',
    who: 'administrator',
    address: ({ toRemove }) => `/webhooks/${toRemove}`,
    answers: [
      byDialog(action('Remove'), 'Remove', {
        name: 'removal',
        path: /\/v1\/webhooks\/[^/]+$/,
        method: 'DELETE',
        whole: /The webhook is removed/,
      }),
    ],
  },
];
