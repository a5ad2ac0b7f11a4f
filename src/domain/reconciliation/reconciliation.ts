/** Compares what history says of the accounts with what AWS lists; what differs is told to people, and nothing acts on it by itself. */
import type { ListedAccount, Listing, RecordedAccount, RecordedProvider } from './accounts.js';
import { type Finding, type FindingKind, finding } from './findings.js';

/** What {@link reconcile} compares. */
export interface Comparison {
  readonly recorded: readonly RecordedProvider[];
  /** Whether a provider is set aside, so that what is recorded of it is not all known. */
  readonly isSetAside: (providerId: string) => boolean;
  readonly listings: readonly Listing[];
  /** `aws+{token}@…`, by which an account's e-mail address is ours. */
  readonly emailPattern: string;
  /** ISO time at which the reading of the lists began. */
  readonly at: string;
}

type Readable = Extract<Listing, { accounts: readonly unknown[] }>;

/** AWS's lists show a new account, its unit and its tags only after a while. Source: aws-facts §1.2, "several minutes". */
const settlingMs = 15 * 60_000;

/** Every difference: payers that cannot be read first, then by account id. */
export function reconcile({ recorded, isSetAside, listings, emailPattern, at }: Comparison): readonly Finding[] {
  const settled = new Date(Date.parse(at) - settlingMs).toISOString();
  const known = { ...knowledgeOf(recorded, emailPattern), isSetAside };
  const found = listings.filter(isReadable).flatMap((listing) =>
    listing.accounts.flatMap((listed) => {
      const owner = known.byAccount.get(listed.accountId);
      return owner ? differences({ ...owner, listed, listing, settled }) : stray(listed, listing.payerId, known);
    }),
  );
  const all = [...found, ...recorded.flatMap(absentFrom(listings, settled))].sort(byAccountId);
  return [...listings.flatMap(unreadable), ...all];
}

const isReadable = (listing: Listing): listing is Readable => 'accounts' in listing;

const byAccountId = ({ accountId: a = '' }: Finding, { accountId: b = '' }: Finding): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** What is on record, as it is looked up. */
interface Knowledge extends Pick<Comparison, 'isSetAside'> {
  readonly byAccount: ReadonlyMap<string, { readonly provider: RecordedProvider; readonly account: RecordedAccount }>;
  readonly byId: ReadonlyMap<string, RecordedProvider>;
  readonly byEmail: ReadonlyMap<string, RecordedProvider>;
  readonly ours: RegExp;
}

function knowledgeOf(recorded: readonly RecordedProvider[], emailPattern: string): Omit<Knowledge, 'isSetAside'> {
  const withAccount = recorded.flatMap((provider) =>
    provider.account ? [{ provider, account: provider.account }] : [],
  );
  const [before = '', after = ''] = emailPattern.split('{token}').map((part) => part.replace(/\W/g, '\\$&'));
  return {
    byAccount: new Map(withAccount.map((each) => [each.account.accountId, each])),
    byId: new Map(recorded.map((provider) => [provider.providerId, provider])),
    byEmail: new Map(recorded.map((provider) => [provider.rootEmail.toLowerCase(), provider])),
    ours: new RegExp(`^${before}[0-9a-z]{26}${after}$`, 'i'),
  };
}

const unreadable = (listing: Listing): readonly Finding[] =>
  isReadable(listing) ? [] : [finding('payer-unreadable', { payerId: listing.payerId, other: listing.unreadable })];

/** An account that no provider has. */
function stray({ accountId, email, owner }: ListedAccount, payerId: string, known: Knowledge): readonly Finding[] {
  const provider = known.byId.get(owner ?? '') ?? known.byEmail.get(email.toLowerCase());
  const place = { payerId, accountId, ...(provider ? { providerId: provider.providerId } : {}) };
  const named = provider?.providerId ?? owner;
  if (named !== undefined && !provider?.account && known.isSetAside(named))
    return [finding('account-set-aside', { ...place, providerId: named })];
  if (provider?.creating) return [];
  if (provider?.account) return [finding('account-doubled', { ...place, other: provider.account.accountId })];
  if (provider || owner !== undefined || known.ours.test(email)) return [finding('account-unrecorded', place)];
  return [finding('account-unknown', place)];
}

interface Pair {
  readonly provider: RecordedProvider;
  readonly account: RecordedAccount;
  readonly listed: ListedAccount;
  readonly listing: Readable;
  /** ISO time; what happened later may not show in AWS's lists yet. */
  readonly settled: string;
}

/** A recorded account as it is listed; each kind of difference is found by itself. */
function differences({ provider, account, listed, listing, settled }: Pair): readonly Finding[] {
  const { providerId, rootEmail } = provider;
  const { payerId, unit } = listing;
  const { accountId, state, parentId, owner } = listed;
  const linked = account.linkedAt !== undefined && account.linkedAt < settled;
  const atHome = account.payerId === payerId;
  const wrong: readonly (readonly [FindingKind, boolean, string?])[] = [
    ['account-elsewhere', !atHome, account.payerId],
    ['account-suspended', state === 'SUSPENDED'],
    ['account-closed', state === 'PENDING_CLOSURE' || state === 'CLOSED', state],
    ['account-moved', linked && atHome && parentId !== undefined && parentId !== unit, parentId],
    ['account-untagged', linked && owner === undefined],
    ['account-of-another', owner !== undefined && owner !== providerId, owner],
    ['email-changed', rootEmail.toLowerCase() !== listed.email.toLowerCase()],
  ];
  return wrong.flatMap(([kind, holds, other]) =>
    holds ? [finding(kind, { payerId, accountId, providerId, unit, ...(other === undefined ? {} : { other }) })] : [],
  );
}

/** A recorded account that no payer lists; while the payer on record cannot be read, nobody can tell. */
function absentFrom(listings: readonly Listing[], settled: string): (provider: RecordedProvider) => readonly Finding[] {
  const ids = listings.filter(isReadable).flatMap(({ accounts }) => accounts.map(({ accountId }) => accountId));
  const listed = new Set(ids);
  const closed = new Set(listings.filter((listing) => !isReadable(listing)).map(({ payerId }) => payerId));
  return ({ providerId, account }) => {
    if (!account || account.createdAt >= settled) return [];
    const { accountId, payerId } = account;
    return listed.has(accountId) || closed.has(payerId)
      ? []
      : [finding('account-missing', { payerId, accountId, providerId })];
  };
}
