/** The console's sign-in page: who you are, then a new password where one is due, then that you are in. */
import type { Setting } from '../engine/aws-call.js';
import type { Answer, WireRequest, WireResponse } from '../engine/core.js';
import { formOf } from '../engine/form.js';
import { perform } from '../engine/perform.js';
import { nextRequest } from '../engine/unique-ids.js';
import { type SignInOutcome, signIn } from '../iam/sign-in.js';
import { page } from './page.js';
import { newPasswordPage, signedInPage, signInPage } from './sign-in-pages.js';

export interface SignInRequest {
  readonly account: string;
  readonly userName: string;
  readonly password: string;
  readonly newPassword?: string | undefined;
}

/** Answers `/signin/<account id>/console`: the form, and what becomes of it. Passwords come in form bodies only. */
export function answerSignIn(request: WireRequest, setting: Setting): Answer {
  const [, account] = /^\/signin\/([a-z0-9-]+)\/console\/?$/.exec(request.path) ?? [];
  if (account === undefined) return shown(page(404, 'Not found', '<p>Sign in at /signin/{account id}/console.</p>'));
  if (request.method === 'GET' || request.method === 'HEAD') return shown(signInPage({ account }));
  if (request.method !== 'POST') return shown(page(405, 'Not allowed', '<p>This page takes GET and POST.</p>'));
  const form = formOf(request);
  const asked = {
    account: form.account?.trim() || account,
    userName: form.userName?.trim() ?? '',
    password: form.password ?? '',
    newPassword: form.newPassword,
  };
  if (form.newPassword !== undefined && form.newPassword !== form.newPasswordAgain) {
    return shown(newPasswordPage(asked, 'The two new passwords are not the same.'));
  }
  return attemptSignIn(asked, setting, (outcome) => outcomePage(asked, outcome));
}

/** Signs in as the call `ConsoleLogin` and renders the outcome. A refusal is an outcome like the others. */
export function attemptSignIn(
  asked: SignInRequest,
  { documents, now }: Setting,
  render: (outcome: SignInOutcome) => WireResponse,
): Answer {
  const ids = nextRequest(documents);
  const received = {
    service: 'signin',
    operation: 'ConsoleLogin',
    account: asked.account,
    region: 'us-east-1',
    principal: `arn:aws:iam::${asked.account}:user/${asked.userName}`,
    input: { ...asked },
  };
  return perform(received, {
    documents,
    now,
    ids,
    act: () => render(signIn(documents, { ...asked, now })),
    fail: ({ status, message }) => signInPage(asked, message, status),
  });
}

function outcomePage(asked: SignInRequest, outcome: SignInOutcome): WireResponse {
  switch (outcome.outcome) {
    case 'signed-in':
      return signedInPage(asked);
    case 'new-password-required':
      return newPasswordPage(asked);
    case 'new-password-refused':
      return newPasswordPage(asked, outcome.words);
    case 'refused':
      return signInPage(asked, outcome.words, 401);
  }
}

function shown(response: WireResponse): Answer {
  return { response, effects: { delayMs: 0, drop: false } };
}
