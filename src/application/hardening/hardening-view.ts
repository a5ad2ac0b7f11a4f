/** What a person sees of the hardening of an account in use. */
import { objectsOf } from '../../domain/baseline/known-baselines.js';
import { objectKey } from '../../domain/baseline/plan.js';
import { rootOfAccount } from '../../domain/baseline/root-of-account.js';
import { type Finding, isDrift, rootObject } from '../../domain/hardening/findings.js';
import { type Hardening, noticeMs, shownSince } from '../../domain/hardening/hardening.js';
import type { BaselineStep } from '../../domain/provider/steps.js';
import type { HardeningLooks } from '../ports/hardening-looks.js';
import type { Held } from './held-parts.js';

export interface HardeningView {
  readonly id: string;
  /** `held`: as it was applied; what its owners have made of the override policies is told and is no drift. */
  readonly state: 'held' | 'drifted';
  /** ISO time of the last look that saw the account; absent where none is known. */
  readonly lastCheckedAt?: string;
  readonly findings: readonly (Finding & {
    readonly since: string;
    readonly permissionsTakenAt?: string;
    /** Why the account has the object; absent of what is the customer's own. */
    readonly why?: string;
  })[];
  /** What is wrong with the guardrails over the account; the reseller's people alone see it. */
  readonly guardrails?: readonly string[];
  readonly exceptions: readonly {
    readonly object: string;
    readonly owner: string;
    readonly reason: string;
    readonly until: string;
    readonly grantedAt: string;
  }[];
  /** Parts of the baseline of which a newer one exists; they stay as they were applied until an operator rolls it out. */
  readonly behind: readonly BaselineStep[];
}

export function hardeningView(
  id: string,
  hardening: Hardening,
  { looks, held: { parts, behind }, seesAll }: HowSeen,
): HardeningView {
  const { findings, guardrails, exceptions } = hardening;
  const latest = looks.latest(id);
  return {
    id,
    state: findings.some(isDrift) || guardrails.length > 0 ? 'drifted' : 'held',
    ...(latest ? { lastCheckedAt: latest.at } : {}),
    findings: findings.map((finding) => ({ ...finding, ...timesOf(finding, hardening), ...whyOf(finding, parts) })),
    ...(seesAll ? { guardrails } : {}),
    exceptions: Object.entries(exceptions).map(([object, exception]) => ({ object, ...exception })),
    behind,
  };
}

function timesOf(finding: Finding, hardening: Hardening) {
  const since = shownSince(hardening, finding);
  if (finding.repair !== 'after-notice') return { since };
  return { since, permissionsTakenAt: new Date(Date.parse(since) + noticeMs).toISOString() };
}

function whyOf({ object }: Finding, parts: Held['parts']) {
  const ofRoot = object === rootObject ? rootOfAccount : undefined;
  const known = ofRoot ?? objectsOf(parts).find((each) => objectKey(each) === object);
  return known ? { why: known.why } : {};
}

interface HowSeen {
  readonly looks: Pick<HardeningLooks, 'latest'>;
  readonly held: Held;
  readonly seesAll: boolean;
}
