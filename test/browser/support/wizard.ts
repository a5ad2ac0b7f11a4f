/** Steps that people take on the console. */
import type { Page } from 'playwright-core';

/** From the list to the wizard: New, then Amazon Web Services. */
export async function beginNew(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New', exact: true }).first().click();
  await page.getByRole('menuitem', { name: /Amazon Web Services/ }).click();
  await page.getByRole('heading', { name: 'Name and option' }).waitFor();
}

export const next = (page: Page): Promise<void> => page.getByRole('button', { name: 'Next', exact: true }).click();

/** Fills in the first step; what there is only one of is chosen already. */
export async function nameIt(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('radio', { name: /Create a new AWS account/, checked: true }).waitFor();
}

/** Accepts the documents one by one; after the first the second is shown by itself. */
export async function acceptBoth(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: 'I have read and accept CenturyLink’s terms' }).press('Space');
  await page.getByRole('checkbox', { name: 'I have read and accept AWS’s terms' }).press('Space');
}

/** Asks for an account through the whole wizard; resolves on its page, with its id. */
export async function ask(page: Page, name: string): Promise<string> {
  await beginNew(page);
  await nameIt(page, name);
  await next(page);
  await acceptBoth(page);
  await next(page);
  await page.getByRole('button', { name: 'Create the account' }).click();
  await page.waitForURL(/\/providers\//);
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}
