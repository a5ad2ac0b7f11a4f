/** What carries policies and tags: roles, users and groups, whose operations differ in their names alone. */
import type { Call } from '../engine/core.js';
import type { PolicyOwner } from './documents.js';
import { existing, keep, type Named, type NamedKind, refuseProtected, visible } from './entities.js';
import { text } from './input.js';

/** One kind of owner and how AWS names its operations. */
export interface Owner {
  readonly kind: NamedKind;
  /** As in `AttachRolePolicy` and `RoleName`. */
  readonly title: 'Role' | 'User' | 'Group';
  /** All inline policies together. Source: IAM User Guide, IAM and AWS STS quotas. */
  readonly inlineSize: number;
}

export const owners: readonly Owner[] = [
  { kind: 'role', title: 'Role', inlineSize: 10_240 },
  { kind: 'user', title: 'User', inlineSize: 2048 },
  { kind: 'group', title: 'Group', inlineSize: 5120 },
];

export const nameOf = (call: Call, { title }: Owner): string => text(call, `${title}Name`);

/** The owner as reads see it. @throws NoSuchEntity */
export const seen = (call: Call, owner: Owner): Named[NamedKind] => visible(call, owner.kind, nameOf(call, owner));

/** The owner for a change. @throws NoSuchEntity, UnmodifiableEntity */
export function changeable(call: Call, owner: Owner): Named[NamedKind] {
  const name = nameOf(call, owner);
  if (owner.kind === 'role') refuseProtected(existing(call, 'role', name));
  return existing(call, owner.kind, name);
}

/** Writes some members of the owner anew. */
export function amend(call: Call, owner: Owner, changes: Partial<Pick<PolicyOwner, 'attached' | 'inline'>>): void {
  const name = nameOf(call, owner);
  keep(call, owner.kind, name, { ...existing(call, owner.kind, name), ...changes });
}
