/** Tags of what Organizations keeps; readers see a change only after a while. */

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A resource with tags; readers see changed tags only from {@link tagsSeenAt} on. */
export interface Tagged {
  readonly tags: readonly Tag[];
  readonly formerTags: readonly Tag[];
  readonly tagsSeenAt: number;
}

export const untagged: Tagged = { tags: [], formerTags: [], tagsSeenAt: 0 };
