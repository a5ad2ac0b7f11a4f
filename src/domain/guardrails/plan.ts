/**
 * The difference between the guardrails that a payer's organization should have and those that it has. Showing, applying
 * and keeping them all start here. Policies that are not ours are counted and never touched.
 */
import { differences, sameMeaning } from './differences.js';
import { limits } from './limits.js';

/** A policy of ours: `content` as AWS is to store it. */
export interface OwnPolicy {
  readonly name: string;
  readonly content: string;
}

/** The policies that one organizational unit is to have. */
export interface WantedOver {
  readonly unit: string;
  readonly policies: readonly OwnPolicy[];
}

/** What a payer's organization has, as far as it concerns guardrails. */
export interface ObservedOrganization {
  /** Id of the root, `r-…`. */
  readonly root: string;
  /** Service control policies need an organization with all features, not one for consolidated billing alone. */
  readonly allFeatures: boolean;
  readonly policyTypeEnabled: boolean;
  readonly rootAccess: {
    readonly trusted: boolean;
    readonly credentials: boolean;
    readonly sessions: boolean;
  };
  /** Policies that bear a wanted name. */
  readonly own: readonly (OwnPolicy & { readonly id: string })[];
  /** Names of all service control policies attached right to each unit that was asked for, AWS's own included. */
  readonly attached: Readonly<Record<string, readonly string[]>>;
}

/** One thing to do at AWS. */
export type GuardrailChange =
  | { readonly action: 'enable-policy-type'; readonly root: string }
  | { readonly action: 'create-policy'; readonly name: string; readonly content: string }
  | {
      readonly action: 'update-policy';
      readonly name: string;
      readonly id: string;
      readonly from: string;
      readonly content: string;
    }
  | { readonly action: 'attach-policy'; readonly name: string; readonly unit: string }
  | { readonly action: 'enable-trusted-access' }
  | { readonly action: 'enable-root-credentials-management' }
  | { readonly action: 'enable-root-sessions' };

/** Guardrails that an organization cannot take as it is; the message is for the operator. */
export class GuardrailsDoNotFit extends Error {
  override readonly name = 'GuardrailsDoNotFit';
}

/**
 * The changes that bring the organization to what is wanted, in the order in which AWS takes them: policies after their
 * type, attachments after policies, root access after the trust in IAM. Throws {@link GuardrailsDoNotFit}.
 * Source: aws-facts §1.5, §1.8.
 */
export function planGuardrails(
  wanted: readonly WantedOver[],
  observed: ObservedOrganization,
): readonly GuardrailChange[] {
  if (!observed.allFeatures)
    throw new GuardrailsDoNotFit(
      'The organization has consolidated billing alone. Enable all features first (EnableAllFeatures); every member must agree.',
    );
  for (const over of wanted) requireRoom(over, observed);
  return [
    ...(observed.policyTypeEnabled ? [] : [{ action: 'enable-policy-type', root: observed.root } as const]),
    ...wanted.flatMap(({ policies }) => policies.flatMap((policy) => changesOf(policy, observed))),
    ...wanted.flatMap((over) => attachments(over, observed)),
    ...rootAccess(observed),
  ];
}

const attachedTo = (unit: string, { attached }: ObservedOrganization): readonly string[] => attached[unit] ?? [];

/** Source: Organizations quotas: five service control policies on one target were allowed for long, and always will be. */
function requireRoom({ unit, policies }: WantedOver, observed: ObservedOrganization): void {
  const names = policies.map(({ name }) => name);
  const others = attachedTo(unit, observed).filter((name) => !names.includes(name));
  const most = limits.policies + 1;
  if (others.length + names.length <= most) return;
  throw new GuardrailsDoNotFit(
    `${unit}: ${names.length} guardrails do not fit beside ${others.join(', ')}; at most ${most} policies may be attached to a unit.`,
  );
}

function changesOf({ name, content }: OwnPolicy, { own }: ObservedOrganization): readonly GuardrailChange[] {
  const there = own.find((policy) => policy.name === name);
  if (!there) return [{ action: 'create-policy', name, content }];
  if (sameMeaning(there.content, content)) return [];
  return [{ action: 'update-policy', name, id: there.id, from: there.content, content }];
}

const attachments = ({ unit, policies }: WantedOver, observed: ObservedOrganization): readonly GuardrailChange[] =>
  policies
    .filter(({ name }) => !attachedTo(unit, observed).includes(name))
    .map(({ name }) => ({ action: 'attach-policy', name, unit }));

function rootAccess({ rootAccess: { trusted, credentials, sessions } }: ObservedOrganization): GuardrailChange[] {
  return [
    ...(trusted ? [] : [{ action: 'enable-trusted-access' } as const]),
    ...(credentials ? [] : [{ action: 'enable-root-credentials-management' } as const]),
    ...(sessions ? [] : [{ action: 'enable-root-sessions' } as const]),
  ];
}

/** A change in words, with a line for each statement that it touches. */
export function describeChange(change: GuardrailChange): { readonly words: string; readonly lines: readonly string[] } {
  switch (change.action) {
    case 'create-policy':
      return {
        words: `create ${change.name} (${change.content.length} of ${limits.characters} characters)`,
        lines: differences('{}', change.content),
      };
    case 'update-policy':
      return { words: `change ${change.name}`, lines: differences(change.from, change.content) };
    case 'attach-policy':
      return { words: `attach ${change.name} to ${change.unit}`, lines: [] };
    case 'enable-policy-type':
      return { words: `enable service control policies under ${change.root}`, lines: [] };
    default:
      return { words: rootAccessWords[change.action], lines: [] };
  }
}

const rootAccessWords = {
  'enable-trusted-access': 'let IAM act in the organization (trusted access of iam.amazonaws.com)',
  'enable-root-credentials-management': 'manage the root credentials of members centrally: new accounts have none',
  'enable-root-sessions': 'allow task sessions as the root of members (AssumeRoot)',
} as const;
