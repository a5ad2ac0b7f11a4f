/** What can be different between history and AWS's lists, each kind with what is said of it and what a person could do. */

/** What a finding is about; each kind needs only some of it. */
export interface Circumstances {
  readonly payerId: string;
  readonly accountId?: string;
  readonly providerId?: string;
  /** Why a payer cannot be read, the other payer, account, unit or provider concerned, or AWS's word for a state. */
  readonly other?: string;
  /** Where the account belongs. */
  readonly unit?: string;
}

export type FindingKind = keyof typeof kinds;

/** Something that is not as history says; `words` say what, `action` what a person could do about it. */
export interface Finding {
  readonly kind: FindingKind;
  readonly payerId: string;
  readonly accountId?: string;
  readonly providerId?: string;
  readonly words: string;
  readonly action: string;
}

interface Kind {
  readonly words: (about: Circumstances) => string;
  readonly action: (about: Circumstances) => string;
}

/** Source of the 90 days: Organizations API, CloseAccount; aws-facts §1.7. */
const kinds = {
  'payer-unreadable': {
    words: ({ other }) => `The accounts of this payer cannot be listed: ${other}`,
    action: () => 'Check the role in this payer and what it may do; its accounts are compared once they can be listed.',
  },
  'account-unrecorded': {
    words: () => 'This account is ours by its tag or e-mail address, but no provider has it on record.',
    action: ({ providerId }) =>
      providerId === undefined
        ? 'Find out who made it, and whether this log is whole: it may be the account of a customer whom a lost log knew.'
        : 'If its provider is halted, resume it: the account is found and taken over. Else find out whether this log is whole.',
  },
  'account-set-aside': {
    words: () => 'This account is that of a provider that is set aside, so what is recorded of it is not all known.',
    action: () => 'Leave it as it is: it may be in use. It is compared once its provider is set aside no longer.',
  },
  'account-doubled': {
    words: ({ other }) => `By its tag or e-mail address this account is that of a provider whose account is ${other}.`,
    action: () => 'Find out who tagged or made it, and correct its tag.',
  },
  'account-unknown': {
    words: () => 'This account was not made here: neither its tags nor its e-mail address are ours.',
    action: () => 'Find out who put it into this payer; it counts against the limit of accounts there.',
  },
  'account-missing': {
    words: () => 'This account is on record, but no payer lists it.',
    action: () =>
      'Find out whether it left the organization, or was closed more than 90 days ago. Until then nobody here can manage it.',
  },
  'account-elsewhere': {
    words: ({ other }) => `This account is at another payer than the one on record, ${other}.`,
    action: () => 'Find out who moved it; it is billed to the payer that lists it.',
  },
  'account-suspended': {
    words: () => 'AWS has suspended this account: it is alive and bills, and what can be done in it is restricted.',
    action: () => 'Ask AWS’s support why. The account goes on once AWS has lifted it.',
  },
  'account-closed': {
    words: ({ other }) => `This account is closed or being closed (${other}), and no closure is on record.`,
    action: () => 'Ask who closed it. AWS’s support can reopen it within 90 days.',
  },
  'account-moved': {
    words: ({ other, unit }) =>
      `This account is in ${other} and not in the customers’ unit ${unit}, so other guardrails hold.`,
    action: () => 'Move it back with MoveAccount, or find out who moved it and why.',
  },
  'account-untagged': {
    words: () => 'This account has lost the tag that says whose it is.',
    action: ({ providerId }) => `Set its tag to ${providerId} again with TagResource.`,
  },
  'account-of-another': {
    words: ({ other }) => `The tag of this account names another provider, ${other}.`,
    action: ({ providerId }) => `Find out who changed it, and set it to ${providerId} again with TagResource.`,
  },
  'email-changed': {
    words: () =>
      'The root e-mail address of this account is not the one on record; who reads it can take the account over.',
    action: () => 'Find out who changed it, and change it back from the payer with StartPrimaryEmailUpdate.',
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** A finding of this kind, in words. */
export function finding(kind: FindingKind, about: Circumstances): Finding {
  const { other, unit, ...place } = about;
  const said: Kind = kinds[kind];
  return { kind, ...place, words: said.words(about), action: said.action(about) };
}
