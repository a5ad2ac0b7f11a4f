/** What a page of the console asks for, how one comes to ask for it, and what a person does about an answer that failed. */
import type { Page } from 'playwright-core';
import type { Who } from '../../support/browser.js';

/** What the pages are about: whatever a command changes has one of its own, so that all can be looked at together. */
export interface Ground {
  /** Providers. */
  readonly ready: string;
  readonly claimed: string;
  readonly requested: string;
  readonly toAccept: string;
  readonly toWithdraw: string;
  readonly halted: string;
  /** Webhooks. */
  readonly enabled: string;
  readonly toDisable: string;
  readonly disabled: string;
  readonly toRemove: string;
  /** Where the webhooks send to. */
  readonly receiver: string;
}

export interface AskedFor {
  readonly name: string;
  readonly path: RegExp;
  readonly method?: string;
  /** What a person does for it; nothing where the page asks by itself. */
  readonly act?: (page: Page, ground: Ground) => Promise<unknown>;
  /** What is seen while it is waited for; null where the page is whole without it, or the button that was pressed turns. */
  readonly waiting?: RegExp | null;
  /** What is seen where it failed, if that is not a problem with its title; null where nothing is to be seen. */
  readonly failed?: RegExp | null;
  /** What a person does once it failed; null where the page tries again by itself. */
  readonly again?: ((page: Page) => Promise<unknown>) | null;
  /** Whether it may have any shape, because none of its members must be there. */
  readonly anyShape?: true;
  /** What is seen once it came. */
  readonly whole: RegExp;
}

export interface PageOfConsole {
  readonly name: string;
  readonly who: Who;
  readonly address: (ground: Ground) => string;
  readonly answers: readonly AskedFor[];
}

export const press = (name: string | RegExp) => (page: Page) =>
  page.getByRole('button', { name, exact: true }).first().click();

export const choose = (menu: string, item: string | RegExp) => async (page: Page) => {
  await press(menu)(page);
  await page.getByRole('menuitem', { name: item }).click();
};

export const confirm = (name: string) => (page: Page) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).last().click();

/** One step after the other. */
export const inTurn =
  (...steps: readonly ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page): Promise<void> => {
    for (const step of steps) await step(page);
  };

/** Pages offer it as a button; where the console itself could not start, it is a link. */
export const tryAgain = (page: Page): Promise<void> =>
  page
    .getByRole('button', { name: 'Try again' })
    .or(page.getByRole('link', { name: 'Try again' }))
    .first()
    .click();

type Step = (page: Page) => Promise<unknown>;

/** What is asked for by one button, which can be pressed again. */
export const byButton = (button: string, rest: Omit<AskedFor, 'act' | 'again' | 'waiting'>): AskedFor => ({
  ...rest,
  waiting: null,
  act: press(button),
  again: press(button),
});

/** What a dialog asks for, which stays open where that failed. */
export const byDialog = (open: Step, button: string, rest: Omit<AskedFor, 'act' | 'again' | 'waiting'>): AskedFor => ({
  ...rest,
  waiting: null,
  act: inTurn(open, confirm(button)),
  again: confirm(button),
});

/** What is told as it happens, and told again once the connection is back. */
export const live = {
  failed: /The live connection is lost|Changes are not told any more/,
  waiting: null,
  again: null,
} as const;
