/** The three pages of signing in. They never carry a password, not even in a hidden field. */
import type { WireResponse } from '../engine/core.js';
import { escapeXml } from '../protocol/xml.js';
import { page } from './page.js';

export interface Who {
  readonly account: string;
  readonly userName?: string;
}

/** Asks who it is; `refused` says why the last try failed. */
export function signInPage({ account, userName = '' }: Who, refused?: string, status = 200): WireResponse {
  const fields =
    field('account', 'Account ID (12 digits) or account alias', 'text', 'off', account) +
    field('userName', 'IAM user name', 'text', 'username', userName) +
    field('password', 'Password', 'password', 'current-password');
  return page(status, 'Sign in as IAM user', notice(refused) + form(fields, 'Sign in'));
}

/** Asks for the old password again and for a new one, as AWS does; `refused` says what was wrong with the new one. */
export function newPasswordPage({ account, userName = '' }: Who, refused?: string): WireResponse {
  const fields =
    hidden('account', account) +
    hidden('userName', userName) +
    field('password', 'Old password', 'password', 'current-password') +
    field('newPassword', 'New password', 'password', 'new-password') +
    field('newPasswordAgain', 'Retype new password', 'password', 'new-password');
  const who = `<p>AWS account <b>${escapeXml(account)}</b>, IAM user <b>${escapeXml(userName)}</b></p>
<p>You must change your password to continue.</p>`;
  return page(
    refused === undefined ? 200 : 400,
    'Change your password',
    who + notice(refused) + form(fields, 'Confirm password change'),
  );
}

/** Says who has come in. */
export function signedInPage({ account, userName = '' }: Who): WireResponse {
  const arn = `arn:aws:iam::${account}:user/${userName}`;
  return page(
    200,
    'You are signed in',
    `<p>AWS account <b>${escapeXml(account)}</b>, IAM user <b>${escapeXml(userName)}</b></p>
<p><code>${escapeXml(arn)}</code></p>`,
  );
}

function form(fields: string, button: string): string {
  return `<form method="post">${fields}<button type="submit">${escapeXml(button)}</button></form>`;
}

function field(name: string, label: string, type: string, autocomplete: string, value = ''): string {
  return `<label for="${name}">${escapeXml(label)}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" value="${escapeXml(value)}" required>`;
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeXml(value)}">`;
}

function notice(refused: string | undefined): string {
  return refused === undefined ? '' : `<p class="refused" role="alert">${escapeXml(refused)}</p>`;
}
