/** What a look notices of each object of the baseline: that it is gone, and each of its members that is another. */
import type { DesiredObject, Observed } from '../../src/domain/baseline/objects.js';
import { objectKey, plan } from '../../src/domain/baseline/plan.js';
import { findingsOf } from '../../src/domain/hardening/findings.js';
import { objects } from './account.js';

export interface Noticed {
  readonly object: string;
  /** What has become of it: `gone`, or the member that is another. */
  readonly what: string;
  /** The findings of a look, as lines. */
  readonly lines: readonly string[];
}

function lookedAt(object: DesiredObject, members: Observed['members']): readonly string[] {
  const { kind, name, place } = object;
  return findingsOf(plan([object], [{ kind, name, place, members }]), 'now').flatMap(({ changes }) => changes);
}

const ofOne = (object: DesiredObject): readonly Noticed[] => [
  { object: objectKey(object), what: 'gone', lines: lookedAt(object, null) },
  ...Object.entries(object.contents === 'ours' ? object.members : {}).map(([member, is]) => ({
    object: objectKey(object),
    what: member,
    lines: lookedAt(object, { ...object.members, [member]: Array.isArray(is) ? ['another'] : 'another' }),
  })),
];

export const noticed: readonly Noticed[] = objects.flatMap(ofOne);

/** The hole that these rows close: that nothing noticed what was undone. */
export const hole = 'H13';
