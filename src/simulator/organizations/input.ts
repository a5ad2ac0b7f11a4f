/** Reads the members of a request by the rules of AWS, refusing what breaks them with the fitting reason. */

import { type Breach, type TextRule } from '../engine/constraints.js';
import type { Call } from '../engine/core.js';
import { type Holder, inputReader } from '../engine/input.js';
import type { Tag } from '../world/tags.js';
import { type InvalidReason, invalid, violation } from './errors.js';

interface OrganizationsRule extends TextRule {
  /** What a value off the pattern is answered with; INVALID_PATTERN where nothing else is said. */
  readonly reason?: InvalidReason;
}

const parent = 'r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}';

/** Source: Organizations API 2016-11-28, the constraints of each parameter. */
export const rules = {
  accountId: { min: 12, max: 12, pattern: /^\d{12}$/ },
  accountName: { min: 1, max: 50, pattern: /^[ -~]+$/ },
  /** The finer rules of an address end in a FAILED status, not in an exception. */
  email: { min: 6, max: 64, pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ },
  roleName: { min: 1, max: 64, pattern: /^(?!AWSServiceRoleFor)[\w+=,.@-]+$/, reason: 'INVALID_ROLE_NAME' },
  creationId: { min: 12, max: 36, pattern: /^car-[a-z0-9]{8,32}$/ },
  parentId: { min: 6, max: 100, pattern: new RegExp(`^(${parent})$`) },
  unitId: { min: 16, max: 68, pattern: /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/ },
  childId: { min: 12, max: 100, pattern: /^(\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/ },
  targetId: {
    min: 6,
    max: 100,
    pattern: new RegExp(`^(${parent}|\\d{12})$`),
    reason: 'INVALID_PATTERN_TARGET_ID',
  },
  rootId: { min: 6, max: 34, pattern: /^r-[0-9a-z]{4,32}$/ },
  unitName: { min: 1, max: 128 },
  policyName: { min: 1, max: 128, pattern: /^[ -~]+$/ },
  policyDescription: { max: 512 },
  policyContent: { min: 1, max: 1_000_000 },
  servicePrincipal: { min: 1, max: 128, pattern: /^[\w+=,.@-]*$/ },
  policyId: { min: 10, max: 130, pattern: /^p-[0-9a-zA-Z_]{8,128}$/ },
  taggable: { min: 6, max: 130, pattern: new RegExp(`^(${parent}|\\d{12}|p-[0-9a-zA-Z_]{8,128})$`) },
} as const satisfies Readonly<Record<string, OrganizationsRule>>;

const reasons: Readonly<Record<Breach['kind'], InvalidReason>> = {
  absent: 'INPUT_REQUIRED',
  type: 'INVALID_PATTERN',
  'too-short': 'MIN_LENGTH_EXCEEDED',
  'too-long': 'MAX_LENGTH_EXCEEDED',
  pattern: 'INVALID_PATTERN',
  enum: 'INVALID_ENUM',
  'too-small': 'MIN_VALUE_EXCEEDED',
  'too-large': 'MAX_VALUE_EXCEEDED',
};

/** @throws InvalidInputException with the fitting reason */
const { structures, ...read } = inputReader<OrganizationsRule>(({ member, kind, rule }) =>
  invalid((kind === 'pattern' && rule?.reason) || reasons[kind], member),
);

export const { optionalText, optionalWord, text, texts, wholeNumber } = read;

/** One of a closed set of words that must be there. */
export function word<W extends string>(call: Call, member: string, words: readonly W[]): W {
  const found = optionalWord(call, member, words);
  if (found === undefined) throw invalid('INPUT_REQUIRED', member);
  return found;
}

/** The tags of a request, each checked; one bad tag fails the whole. Source: Organizations API, Tag and TagResource. */
export function tagsOf(call: Call): readonly Tag[] {
  const tags = structures(call, 'Tags').map(tagOf);
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw invalid('DUPLICATE_TAG_KEY', 'Tags');
  return checkedCount(tags);
}

/** At most 50 tags a resource. */
export function checkedCount(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > 50) throw violation('MAX_TAG_LIMIT_EXCEEDED');
  return tags;
}

function tagOf(tag: Holder): Tag {
  const Key = text(tag, 'Key', { min: 1, max: 128 });
  const Value = text(tag, 'Value', { max: 256 });
  if (/^aws:/i.test(Key)) throw invalid('INVALID_SYSTEM_TAGS_PARAMETER', 'Tags.Key');
  return { Key, Value };
}
