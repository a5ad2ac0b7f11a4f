/** Reads the members of a request by the rules of AWS, refusing what breaks them with the fitting reason. */
import type { Call } from '../engine/core.js';
import type { Tag } from './documents.js';
import { type InvalidReason, invalid, violation } from './errors.js';

interface TextRule {
  readonly min: number;
  readonly max: number;
  readonly pattern: RegExp;
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
  policyId: { min: 10, max: 130, pattern: /^p-[0-9a-zA-Z_]{8,128}$/ },
  taggable: { min: 6, max: 130, pattern: new RegExp(`^(${parent}|\\d{12}|p-[0-9a-zA-Z_]{8,128})$`) },
} as const satisfies Readonly<Record<string, TextRule>>;

/** A text that must be there. */
export function required({ input }: Call, field: string, rule: TextRule): string {
  const value = input[field];
  if (typeof value !== 'string') throw invalid('INPUT_REQUIRED', field);
  if (value.length < rule.min) throw invalid('MIN_LENGTH_EXCEEDED', field);
  if (value.length > rule.max) throw invalid('MAX_LENGTH_EXCEEDED', field);
  if (!rule.pattern.test(value)) throw invalid(rule.reason ?? 'INVALID_PATTERN', field);
  return value;
}

/** A text that may be absent. */
export function optional(call: Call, field: string, rule: TextRule): string | undefined {
  return call.input[field] === undefined ? undefined : required(call, field, rule);
}

/** One of a closed set of words; the first one when the member is absent and `needed` is false. */
export function oneOf<W extends string>(call: Call, field: string, words: readonly [W, ...W[]], needed = false): W {
  const value = call.input[field];
  if (value === undefined && !needed) return words[0];
  if (value === undefined) throw invalid('INPUT_REQUIRED', field);
  const found = words.find((word) => word === value);
  if (found === undefined) throw invalid('INVALID_ENUM', field);
  return found;
}

/** A list of texts; empty when absent. */
export function texts({ input }: Call, field: string): readonly string[] {
  const value = input[field] ?? [];
  if (!Array.isArray(value)) throw invalid('INVALID_PATTERN', field);
  return value.map((item: unknown) => {
    if (typeof item !== 'string') throw invalid('INVALID_PATTERN', field);
    return item;
  });
}

/** The tags of a request, each checked; one bad tag fails the whole. Source: Organizations API, Tag and TagResource. */
export function tagsOf({ input }: Call): readonly Tag[] {
  const value = input.Tags ?? [];
  if (!Array.isArray(value)) throw invalid('INVALID_PATTERN', 'Tags');
  const tags = value.map(tagOf);
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw invalid('DUPLICATE_TAG_KEY', 'Tags');
  return checkedCount(tags);
}

/** At most 50 tags a resource. */
export function checkedCount(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length > 50) throw violation('MAX_TAG_LIMIT_EXCEEDED');
  return tags;
}

function tagOf(value: unknown): Tag {
  const { Key, Value } = typeof value === 'object' && value !== null ? (value as Partial<Tag>) : {};
  if (typeof Key !== 'string' || typeof Value !== 'string') throw invalid('INPUT_REQUIRED', 'Tags');
  if (Key.length < 1) throw invalid('MIN_LENGTH_EXCEEDED', 'Tags.Key');
  if (Key.length > 128) throw invalid('MAX_LENGTH_EXCEEDED', 'Tags.Key');
  if (Value.length > 256) throw invalid('MAX_LENGTH_EXCEEDED', 'Tags.Value');
  if (/^aws:/i.test(Key)) throw invalid('INVALID_SYSTEM_TAGS_PARAMETER', 'Tags.Key');
  return { Key, Value };
}
