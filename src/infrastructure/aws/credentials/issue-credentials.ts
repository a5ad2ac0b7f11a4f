/** Gives the administrator a temporary password: kept in the vault first, so that every repeat sets the same one. */
import { operatorInformed } from '../../../application/error-text.js';
import type { Attempt } from '../../../application/ports/attempts.js';
import type { CredentialsWork, Ensure, StepResult } from '../../../application/ports/ensures.js';
import { administratorUserName } from '../../../domain/baseline/names.js';
import { endOf } from '../../../domain/provider/account-state.js';
import { accountState } from '../calls/account-state.js';
import type { AwsSettings } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import { foundBy } from '../calls/failed-call.js';
import { fact, halted, later, patiently, waitMs } from '../calls/step-results.js';
import { callOf } from '../calls/watched-calls.js';
import { ensureAdministrator } from './administrator.js';
import { createFirstPassword, secretName } from './login-profile.js';
import { type ReissueParts, reissuePassword } from './reissue-password.js';
import { temporaryPassword } from './temporary-password.js';

export interface CredentialsParts extends ReissueParts {
  readonly settings: AwsSettings;
}

/**
 * Gives the user of the baseline its temporary password, and says where the password is kept.
 * Safe to repeat: the vault answers every worker with one value, and a destroyed one bars a late worker from setting it
 * again; a password that the customer chose is replaced by a reissue alone. Source: design §4; aws-facts §3.1.
 */
export function issueCredentials(parts: CredentialsParts): Ensure<CredentialsWork> {
  return patiently(async (work, attempt) => {
    try {
      return await issue(parts, work, attempt);
    } catch (error) {
      // IAM may not know yet the user it has just made, or not show yet the user it says exists.
      if (['NoSuchEntity', 'EntityAlreadyExists'].includes(classify(error).code))
        return later(waitMs(attempt.tries), callOf(error));
      throw error;
    }
  });
}

async function issue(parts: CredentialsParts, work: CredentialsWork, attempt: Attempt): Promise<StepResult> {
  const { access, vault, settings } = parts;
  const { now, signal } = attempt;
  const { iam } = access.account(work, 'automation');
  const { providerId, accountId, generation } = work;
  // A session that was assumed before goes on for a while in an account that was closed meanwhile.
  const state = await accountState(access.payer(work.payerId).organizations, accountId, signal);
  const end = endOf(state);
  if (end)
    return halted(
      'IssueCredentials',
      end.reason,
      `${end.words} ${operatorInformed}`,
      foundBy('DescribeAccount', state, accountId),
    );
  await ensureAdministrator(iam, { prefix: settings.prefix, generation }, signal);
  const kept = await vault.putIfAbsent(secretName(providerId), generation, temporaryPassword());
  if (kept.state === 'destroyed') return destroyed(generation);
  if (generation === 1) await createFirstPassword(iam, kept.value, signal);
  const delay = generation > 1 ? await reissuePassword(parts, work, kept.value, attempt) : undefined;
  if (delay) return delay;
  return fact({
    type: 'CredentialsIssued',
    generation,
    userName: administratorUserName,
    loginUrl: loginUrl(settings.endpoint, accountId),
    expiresAt: new Date(now + settings.credentialLifetimeMs).toISOString(),
    secret: `${secretName(providerId)}#${generation}`,
  });
}

const destroyed = (generation: number): StepResult =>
  halted(
    'IssueCredentials',
    'secret-destroyed',
    `The temporary password number ${generation} was destroyed before it was handed out. The operator has been told.`,
  );

/** Where the administrator signs in. The form with the account id works with or without an alias. Source: aws-facts §3.3. */
export const loginUrl = (endpoint: string, accountId: string): string =>
  endpoint === ''
    ? `https://${accountId}.signin.aws.amazon.com/console`
    : `${endpoint.replace(/\/$/, '')}/signin/${accountId}/console`;
