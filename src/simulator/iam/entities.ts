/** Finding IAM's entities: writes see them at once, reads only after they have spread through AWS. */
import { AwsError, type Call } from '../engine/core.js';
import { type Entity, type GroupDocument, kinds, type RoleDocument, type UserDocument } from './documents.js';
import { alreadyExists, noSuchEntity } from './errors.js';

/** The three kinds of entities that have a name of their own and carry policies. */
export interface Named {
  readonly role: RoleDocument;
  readonly user: UserDocument;
  readonly group: GroupDocument;
}
export type NamedKind = keyof Named;

/** The entity for a write. @throws NoSuchEntity */
export function existing<K extends NamedKind>(call: Call, kind: K, name: string): Named[K] {
  const found = call.documents.get<Named[K]>(kinds[kind], call.account, name);
  if (found) return found;
  throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
}

/** The entity for a read, which may not see what was created a moment ago. @throws NoSuchEntity */
export function visible<K extends NamedKind>(call: Call, kind: K, name: string): Named[K] {
  const found = existing(call, kind, name);
  if (call.now >= found.visibleAt) return found;
  throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
}

/** All entities of a kind that reads can see. */
export function allVisible<K extends NamedKind>(call: Call, kind: K): readonly Named[K][] {
  return call.documents.list<Named[K]>(kinds[kind], call.account).filter(({ visibleAt }) => call.now >= visibleAt);
}

export function keep<K extends NamedKind>(call: Call, kind: K, name: string, entity: Named[K]): void {
  call.documents.put(kinds[kind], call.account, name, entity);
}

/** Names differ by more than case. @throws EntityAlreadyExists */
export function refuseTakenName(call: Call, kind: NamedKind, name: string): void {
  const lower = name.toLowerCase();
  const taken = call.documents
    .list<Named[NamedKind]>(kinds[kind], call.account)
    .some((entity) => nameOf(entity).toLowerCase() === lower);
  if (taken) throw alreadyExists(`${kind.charAt(0).toUpperCase()}${kind.slice(1)} with name ${name} already exists.`);
}

const nameOf = ({ arn }: Entity): string => arn.slice(arn.lastIndexOf('/') + 1);

/** A unique id such as `AROA…`: the prefix says of what. Source: IAM User Guide, Unique identifiers. */
export const uniqueIdOf = (call: Call, prefix: 'AROA' | 'AIDA' | 'AGPA' | 'ANPA'): string =>
  prefix + call.uniqueId(17).toUpperCase();

/** The ARN of an entity at a path. Source: IAM User Guide, IAM ARNs. */
export const arnOf = (call: Call, type: string, path: string, name: string): string =>
  `arn:aws:iam::${call.account}:${type}${path}${name}`;

/** What a new entity starts with. */
export function born(call: Call, type: string, path: string, name: string): Entity {
  const visibleAt = call.now + call.latencies.propagationMs;
  return { path, arn: arnOf(call, type, path, name), createdAt: call.now, visibleAt };
}

/** @throws UnmodifiableEntity for a service-linked role */
export function refuseProtected({ roleName, path }: RoleDocument): void {
  if (!path.startsWith('/aws-service-role/')) return;
  const message = `Cannot perform the operation on the protected role '${roleName}' - this role is only modifiable by AWS`;
  throw new AwsError('UnmodifiableEntity', 400, message);
}
