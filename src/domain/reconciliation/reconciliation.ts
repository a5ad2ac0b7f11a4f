/**
 * Compares what history says of the accounts with what AWS lists, one account or provider at a time, so that a long
 * comparison can let others have their turn. What differs is told to people, and nothing acts on it by itself.
 */
import { type SeenState, stateSeen } from './account-states.js';
import type { ListedAccount, Listing, ReadableListing, RecordedProvider } from './accounts.js';
import { absence, differences } from './differences.js';
import { type Finding, finding } from './findings.js';
import { strayFinding } from './strays.js';

/** What {@link openComparison} rests on. */
export interface Premises {
  /** Whether a provider is set aside, so that what is recorded of it is not all known. */
  readonly isSetAside: (providerId: string) => boolean;
  readonly listings: readonly Listing[];
  /** `aws+{token}@…`, by which an account's e-mail address is ours. */
  readonly emailPattern: string;
  /** ISO time at which the reading of the lists began. */
  readonly at: string;
}

/** An account where a payer lists it. */
export interface Sighting {
  readonly listed: ListedAccount;
  readonly listing: ReadableListing;
}

/** What the lists show of one provider. */
export interface Compared {
  readonly findings: readonly Finding[];
  /** What AWS says of its account otherwise than history does. */
  readonly states: readonly SeenState[];
}

/** A comparison under way: every sighting is taken in, then every provider is compared, then it is told which accounts are left. */
export interface Comparison {
  takeIn(sighting: Sighting): void;
  compare(provider: RecordedProvider): Compared;
  /** What is to be told of each account that no provider has: mostly nothing. */
  left(): Iterable<readonly Finding[]>;
}

/** A sighting with what history has shown of it so far. */
interface Known extends Sighting {
  isRecorded: boolean;
  /** A provider without this account that the account's tag, or its e-mail address, belongs to. */
  byTag?: RecordedProvider;
  byEmail?: RecordedProvider;
}

/** AWS's lists show a new account, its unit and its tags only after a while. Source: aws-facts §1.2, "several minutes". */
const settlingMs = 15 * 60_000;

/** Every account that a payer lists. */
export function* sightingsIn(listings: readonly Listing[]): Iterable<Sighting> {
  for (const listing of listings)
    if ('accounts' in listing) for (const listed of listing.accounts) yield { listed, listing };
}

/** The payers that cannot be read. */
export const unreadablePayers = (listings: readonly Listing[]): readonly Finding[] =>
  listings.flatMap((listing) =>
    'accounts' in listing ? [] : [finding('payer-unreadable', { payerId: listing.payerId, other: listing.unreadable })],
  );

/** Begins a comparison. It remembers the accounts, and of the providers only those that an account is doubtful of. */
export function openComparison({ isSetAside, listings, emailPattern, at }: Premises): Comparison {
  const settled = new Date(Date.parse(at) - settlingMs).toISOString();
  const unread = new Set(unreadablePayers(listings).map(({ payerId }) => payerId));
  const rules = { isSetAside, isOurs: addressesOf(emailPattern) };
  const seen = openIndex();
  return {
    takeIn: seen.add,
    compare(provider) {
      seen.hear(provider);
      const { account } = provider;
      if (!account) return { findings: [], states: [] };
      const all = seen.of(account.accountId);
      const missing = all.length === 0 && !unread.has(account.payerId);
      return {
        findings: missing
          ? absence(provider, account, settled)
          : all.flatMap((each) => differences({ ...each, provider, account, settled })),
        states: all.flatMap(({ listed, listing }) => stateSeen(provider, listed, listing)),
      };
    },
    *left() {
      for (const { listed, listing, isRecorded, byTag, byEmail } of seen.all)
        yield isRecorded ? [] : strayFinding(listed, listing, byTag ?? byEmail, rules);
    },
  };
}

/** The accounts, as they are looked up by what history knows. */
function openIndex() {
  const all: Known[] = [];
  const byAccount = new Map<string, Known[]>();
  const byTag = new Map<string, Known[]>();
  const byEmail = new Map<string, Known[]>();
  return {
    all,
    add(sighting: Sighting): void {
      const known: Known = { ...sighting, isRecorded: false };
      const { accountId, owner, email } = sighting.listed;
      all.push(known);
      put(byAccount, accountId, known);
      if (owner !== undefined) put(byTag, owner, known);
      put(byEmail, email.toLowerCase(), known);
    },
    hear(provider: RecordedProvider): void {
      const own = provider.account?.accountId;
      for (const known of byAccount.get(own ?? '') ?? []) known.isRecorded = true;
      const isAnother = ({ listed }: Known): boolean => listed.accountId !== own;
      for (const known of byTag.get(provider.providerId)?.filter(isAnother) ?? []) known.byTag = provider;
      for (const known of byEmail.get(provider.rootEmail.toLowerCase())?.filter(isAnother) ?? [])
        known.byEmail = provider;
    },
    of: (accountId: string): readonly Sighting[] => byAccount.get(accountId) ?? [],
  };
}

function put(into: Map<string, Known[]>, name: string, known: Known): void {
  const there = into.get(name);
  if (there) there.push(known);
  else into.set(name, [known]);
}

/** Tells the e-mail addresses that were made for accounts here. */
function addressesOf(emailPattern: string): (email: string) => boolean {
  const [before = '', after = ''] = emailPattern.split('{token}').map((part) => part.replace(/\W/g, '\\$&'));
  const ours = new RegExp(`^${before}[0-9a-z]{26}${after}$`, 'i');
  return (email) => ours.test(email);
}
