/** Waits until a new account is usable: AWS never says so, so each service that will be used is asked once. */

import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { operatorInformed } from '../../../application/error-text.js';
import type { AccountWork, Ensure, StepResult } from '../../../application/ports/ensures.js';
import { aroundMs } from '../../../application/processes/back-off.js';
import { isOptIn } from '../../../domain/baseline/regions.js';
import type { FailedCall } from '../../../domain/failed-call.js';
import { endOf } from '../../../domain/provider/account-state.js';
import { accountState } from '../calls/account-state.js';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { classify, youngAccount } from '../calls/errors.js';
import { foundBy } from '../calls/failed-call.js';
import { delayed, fact, halted, named, patiently } from '../calls/step-results.js';
import { callOf } from '../calls/watched-calls.js';
import { rootProbe } from './root-credentials.js';

export interface ReadinessParts {
  readonly access: AwsAccess;
  readonly settings: AwsSettings;
}

const firstWaitMs = 5_000;
const usualTries = 24;
const longestWaitMs = 60_000;

/**
 * Says that the account is ready once it is ACTIVE, lets us in, and every service to be used has answered a read.
 * Safe to repeat: it only reads. Source: aws-facts §2.1; the deadline is the saga's.
 */
export function awaitReadiness(parts: ReadinessParts): Ensure<AccountWork> {
  return patiently(async (work, { signal, tries }) => {
    const delay = await inactive(parts, work, tries, signal);
    if (delay) return delay;
    try {
      const astray = await otherAccount(parts, work, signal);
      if (astray) return astray;
      const probes = await Promise.all(probesOf(parts, work, signal));
      return fact({
        type: 'AccountReady',
        probes: ['organizations:DescribeAccount', 'sts:GetCallerIdentity', ...probes],
      });
    } catch (error) {
      if (!youngAccount(error)) throw error;
      parts.access.forget(work, 'way-in');
      return young(tries, classify(error).code, callOf(error));
    }
  });
}

/**
 * Every five seconds for two minutes, which is longer than most accounts take; then twice as long each time, up to a minute.
 * All of it by and large, since accounts of one payer that were begun together would all ask together.
 */
const young = (tries: number, what: string, call: FailedCall | undefined): StepResult =>
  delayed(
    'young-account',
    named(`AWS is still setting up the new account (${what}); this takes seconds to minutes.`, call),
    aroundMs(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, Math.min(tries - usualTries, 10))), Math.random),
    call,
  );

/** What the account's state says against going on. */
async function inactive(
  { access }: ReadinessParts,
  work: AccountWork,
  tries: number,
  abortSignal: AbortSignal,
): Promise<StepResult | undefined> {
  const state = await accountState(access.payer(work.payerId).organizations, work.accountId, abortSignal);
  if (state === 'ACTIVE') return undefined;
  const said = state || 'no state yet';
  const call = foundBy('DescribeAccount', said, work.accountId);
  const end = endOf(state);
  return end
    ? halted('AwaitReadiness', end.reason, `${end.words} ${operatorInformed}`, call)
    : young(tries, said, call);
}

/** The way in must lead into this very account, or all that follows would harden another. */
async function otherAccount(
  { access }: ReadinessParts,
  work: AccountWork,
  abortSignal: AbortSignal,
): Promise<StepResult | undefined> {
  const { sts } = access.account(work, 'way-in');
  const { Account, $metadata } = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
  if (Account === work.accountId) return undefined;
  const words = `The way in leads to account ${Account ?? 'unknown'} and not to ${work.accountId}. ${operatorInformed}`;
  const call = { ...foundBy('GetCallerIdentity', `Account ${Account}`, work.accountId), body: '{}' };
  return halted('AwaitReadiness', 'wrong-account', words, { ...call, requestId: $metadata.requestId ?? 'none' });
}

/** One read in each service to be used, in each region where it will be used; each answers with its name. */
function probesOf(
  { access, settings }: ReadinessParts,
  work: AccountWork,
  abortSignal: AbortSignal,
): Promise<string>[] {
  const { iam, s3, cloudTrail, config } = access.account(work, 'way-in');
  const { homeRegion, regions } = settings.baseline;
  const trails = new DescribeTrailsCommand({});
  const summary = iam.send(new GetAccountSummaryCommand({}), { abortSignal });
  const named = async (name: string, read: Promise<unknown>): Promise<string> => {
    await read;
    return name;
  };
  return [
    named('iam:GetAccountSummary', summary),
    summary.then(({ SummaryMap }) => rootProbe(SummaryMap)),
    named('s3:ListBuckets', s3.send(new ListBucketsCommand({}), { abortSignal })),
    named(`cloudtrail:DescribeTrails ${homeRegion}`, cloudTrail(homeRegion).send(trails, { abortSignal })),
    ...regions
      .filter((region) => !isOptIn(region))
      .map((region) => {
        const recorders = new DescribeConfigurationRecordersCommand({});
        return named(
          `config:DescribeConfigurationRecorders ${region}`,
          config(region).send(recorders, { abortSignal }),
        );
      }),
  ];
}
