/** Tags of accounts, units, roots and policies; readers see a change only after a while. */

import type { Call, Operation } from '../engine/core.js';
import { accountOf, putAccount } from '../world/accounts.js';
import { type OrganizationDocument, organizationKinds, type UnitDocument } from '../world/organization.js';
import { type PolicyDocument, policyKind } from '../world/organization-policies.js';
import type { Tag, Tagged } from '../world/tags.js';
import { managed } from './caller.js';
import { refusal } from './errors.js';
import { checkedCount, rules, tagsOf, text, texts } from './input.js';
import { page } from './paging.js';

/** Adds tags or changes their values; repeating it changes nothing. Source: Organizations API, TagResource. */
export const tagResource: Operation = (call) => {
  const resource = resourceOf(call);
  const added = tagsOf(call);
  const kept = resource.tagged.tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key));
  resource.put(changed(call, resource.tagged, checkedCount([...kept, ...added])));
  return {};
};

/** Removes tags by key; keys that are not there are no error. Source: Organizations API, UntagResource. */
export const untagResource: Operation = (call) => {
  const resource = resourceOf(call);
  const removed = texts(call, 'TagKeys');
  const kept = resource.tagged.tags.filter(({ Key }) => !removed.includes(Key));
  resource.put(changed(call, resource.tagged, kept));
  return {};
};

/** Source: Organizations API, ListTagsForResource. */
export const listTagsForResource: Operation = (call) => {
  const { tagged } = resourceOf(call);
  const ordered = [...seen(tagged, call.now)].sort((left, right) => (left.Key < right.Key ? -1 : 1));
  const { items, NextToken } = page(call, ordered, ({ Key }) => Key);
  return { Tags: items, NextToken };
};

const seen = ({ tags, formerTags, tagsSeenAt }: Tagged, now: number): readonly Tag[] =>
  now < tagsSeenAt ? formerTags : tags;

function changed({ now, latencies }: Call, tagged: Tagged, tags: readonly Tag[]): Tagged {
  return { tags, formerTags: seen(tagged, now), tagsSeenAt: now + latencies.listLagMs };
}

interface TaggedResource {
  readonly tagged: Tagged;
  readonly put: (tags: Tagged) => void;
}

/** The resource of this organization that ResourceId names. Throws TargetNotFound for any other. */
function resourceOf(call: Call): TaggedResource {
  const organization = managed(call);
  const id = text(call, 'ResourceId', rules.taggable);
  const resource = /^\d/.test(id) ? taggedAccount(call, id, organization) : taggedPart(call, id, organization);
  if (!resource) throw refusal('TargetNotFoundException');
  return resource;
}

function taggedAccount(
  { documents, now }: Call,
  id: string,
  { management }: OrganizationDocument,
): TaggedResource | undefined {
  const account = accountOf(documents, id, now);
  if (account?.organization !== management) return undefined;
  return { tagged: account, put: (tags) => putAccount(documents, { ...account, ...tags }) };
}

function taggedPart({ documents }: Call, id: string, organization: OrganizationDocument): TaggedResource | undefined {
  const { management, rootId } = organization;
  const kind = kindOf(id);
  if (kind === organizationKinds.organization && id !== rootId) return undefined;
  const key = kind === organizationKinds.organization ? management : id;
  const part = documents.get<OrganizationDocument | UnitDocument | PolicyDocument>(kind, management, key);
  return part && { tagged: part, put: (tags) => documents.put(kind, management, key, { ...part, ...tags }) };
}

function kindOf(id: string): string {
  if (id.startsWith('ou-')) return organizationKinds.unit;
  return id.startsWith('p-') ? policyKind : organizationKinds.organization;
}
