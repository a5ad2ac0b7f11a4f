/** The hardening of one account in use: what was found to have drifted, and which objects are left as they are for a time. */
import { isLeftWith } from '../baseline/handed-over-user.js';
import { foreignEvent } from '../foreign-event.js';
import type { BaselineStep } from '../provider/steps.js';
import type { DriftDetected, HardeningEvent } from './events.js';
import { type Finding, sameFindings } from './findings.js';

/** An object that is left as it is, until an ISO time. */
export interface Exception {
  readonly owner: string;
  readonly reason: string;
  readonly until: string;
  readonly grantedAt: string;
}

/** `shownSince` is since when (ISO) each finding that is told now has been on record. */
export interface Hardening {
  readonly exceptions: Readonly<Record<string, Exception>>;
  readonly findings: readonly Finding[];
  readonly guardrails: readonly string[];
  readonly shownSince: Readonly<Record<string, string>>;
  /** By step, the digest of what a rollout has applied last. */
  readonly upgraded: Readonly<Partial<Record<BaselineStep, string>>>;
}

/** Since when (ISO) a finding that is told now has been on record. */
export function shownSince({ shownSince: times }: Hardening, { object }: Pick<Finding, 'object'>): string {
  const since = times[object];
  if (since === undefined) throw new Error(`Nothing is found of ${object}.`);
  return since;
}

/** Stands for the guardrails over the account where objects are named. */
export const guardrailsObject = 'guardrails';

export const asApplied: Hardening = { exceptions: {}, findings: [], guardrails: [], shownSince: {}, upgraded: {} };

/**
 * `CheckHardening` only looks; `ReapplyHardening` puts right what was found; `TakePermissions` acts on users whom nobody
 * has put into a group for a week; `ExpireExceptions` ends what has had its time.
 */
export type HardeningStep = 'CheckHardening' | 'ReapplyHardening' | 'TakePermissions' | 'ExpireExceptions';

export interface OwedHardening {
  readonly step: HardeningStep;
  readonly since: string;
  readonly deadline: undefined;
}

/** How long the owner of a user in no group has to put it into one, from when the finding was shown. */
export const noticeMs = 7 * 86_400_000;

/** Since when looks are owed: always. */
export const checkedSince = '1970-01-01T00:00:00.000Z';

const hasFindings = ({ findings }: Hardening, repair: Finding['repair']): boolean =>
  findings.some((finding) => finding.repair === repair);

/** Whether something is about to be put right, so that another look is due soon. */
export const isMending = (hardening: Hardening): boolean => hasFindings(hardening, 'now');

/** What is owed to an account in use. */
export function owedHardening(hardening: Hardening): readonly OwedHardening[] {
  const steps: readonly (readonly [HardeningStep, boolean])[] = [
    ['CheckHardening', true],
    ['ReapplyHardening', isMending(hardening)],
    ['TakePermissions', hasFindings(hardening, 'after-notice')],
    ['ExpireExceptions', Object.keys(hardening.exceptions).length > 0],
  ];
  return steps.flatMap(([step, isOwed]) => (isOwed ? [{ step, since: checkedSince, deadline: undefined }] : []));
}

/** What an outcome adds to history: nothing where it says what is on record already. */
export function recordHardening(
  step: HardeningStep,
  outcome: HardeningEvent,
  hardening: Hardening,
): readonly HardeningEvent[] {
  if (!owedHardening(hardening).some((owed) => owed.step === step)) return [];
  switch (outcome.type) {
    case 'DriftDetected':
      return isNews(outcome, hardening) ? [outcome] : [];
    case 'HardeningReapplied':
      return outcome.objects.some((object) => isOnRecord(object, hardening)) ? [outcome] : [];
    case 'BaselineExceptionExpired':
      return outcome.object in hardening.exceptions ? [outcome] : [];
    default:
      return [outcome];
  }
}

const isOnRecord = (object: string, { shownSince, guardrails }: Hardening): boolean =>
  object in shownSince || (object === guardrailsObject && guardrails.length > 0);

const isNews = ({ findings, guardrails }: DriftDetected, known: Hardening): boolean =>
  !sameFindings(findings, known.findings) || guardrails.join('\n') !== known.guardrails.join('\n');

/** The hardening after an event, recorded at an ISO time. */
export function evolveHardening(hardening: Hardening, event: HardeningEvent, at: string): Hardening {
  switch (event.type) {
    case 'DriftDetected':
      return found(hardening, event, at);
    case 'HardeningReapplied':
      return without(hardening, event.objects);
    case 'BaselineUpgradeApplied': {
      const upgraded = Object.fromEntries(event.steps.map(({ step, digest }) => [step, digest]));
      return { ...hardening, upgraded: { ...hardening.upgraded, ...upgraded } };
    }
    case 'BaselineExceptionGranted': {
      const { type: _type, object, ...granted } = event;
      const exceptions = { ...hardening.exceptions, [object]: { ...granted, grantedAt: at } };
      // What is left as it is is found no more, and begins anew once the exception has ended.
      const left = hardening.findings.flatMap((found) => (isLeftWith(object, found.object) ? [found.object] : []));
      return { ...without(hardening, [object, ...left]), exceptions };
    }
    case 'BaselineExceptionRevoked':
    case 'BaselineExceptionExpired': {
      const { [event.object]: _ended, ...exceptions } = hardening.exceptions;
      return { ...hardening, exceptions };
    }
    default:
      return foreignEvent(event);
  }
}

function found(hardening: Hardening, { findings, guardrails }: DriftDetected, at: string): Hardening {
  const shownSince = Object.fromEntries(findings.map(({ object }) => [object, hardening.shownSince[object] ?? at]));
  return { ...hardening, findings, guardrails, shownSince };
}

function without(hardening: Hardening, objects: readonly string[]): Hardening {
  const findings = hardening.findings.filter(({ object }) => !objects.includes(object));
  const left = Object.entries(hardening.shownSince).filter(([object]) => !objects.includes(object));
  const guardrails = objects.includes(guardrailsObject) ? [] : hardening.guardrails;
  return { ...hardening, findings, guardrails, shownSince: Object.fromEntries(left) };
}
