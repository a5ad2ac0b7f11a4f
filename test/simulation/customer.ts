/** A customer of a run: asks for a provider, accepts the terms, uses the credentials or does not, and asks for new ones. */

import type { Caller } from '../../src/application/authorization/identity.js';
import { type Change, ChangeProvider } from '../../src/application/commands/change-provider.js';
import { ReportOrganization } from '../../src/application/commands/report-organization.js';
import { RequestProvider } from '../../src/application/commands/request-provider.js';
import { RevealCredentials } from '../../src/application/commands/reveal-credentials.js';
import { idOf } from '../../src/application/streams/causes.js';
import { accountToken } from '../../src/domain/account-token.js';
import { administratorUserName as userName } from '../../src/domain/baseline/names.js';
import type { Provider } from '../../src/domain/provider/stages.js';
import { Refusal } from '../../src/domain/refusal.js';
import { eligible } from '../support/story.js';
import { ask, callerOf, type Reach } from './reach.js';
import { clockApartMs } from './worker.js';
import { terms } from './world.js';

const minuteMs = 60_000;
/** Where all of them want an account. */
export const territory = 'US';

export interface Customer {
  readonly providerId: string;
  readonly rootEmail: string;
  readonly accountName: string;
  /** The password that this customer has chosen and expects to be good. */
  chosen: string | undefined;
  /** The generation whose temporary password this customer has exchanged last; 0 for none. */
  claimed: number;
  /** Whether the story is over. */
  done: boolean;
}

/** The customer of a number, who has done nothing yet. */
export function newCustomer(number: number, pattern: string): Customer & { readonly organization: string } {
  const organization = `org-${number % 2}`;
  const providerId = idOf('provider', organization, `request-${number}`);
  const token = accountToken(providerId);
  const own = { rootEmail: pattern.replace('{token}', token), accountName: `ctl-${token}` };
  return { organization, providerId, ...own, chosen: undefined, claimed: 0, done: false };
}

type Person = ReturnType<typeof newCustomer>;

/** Lives through the whole story, and says when it is over. */
export async function customer(on: Reach, me: Person, number: number): Promise<void> {
  const { chance, time } = on;
  await time.sleep(chance.between(0, 2 * minuteMs));
  if (await hasProvider(on, me, number)) await useCredentials(on, me, number);
  me.done = true;
}

async function hasProvider(on: Reach, { organization, providerId }: Person, number: number): Promise<boolean> {
  const { chance, time } = on;
  const by = { caller: callerOf(`admin-${number}`, 'administrator', organization) };
  const facts = { ...eligible, billable: chance.yes(0.95) };
  const service = { caller: callerOf('crm', 'service'), key: `facts-${number}` };
  await ask(on, ({ report }) => report.execute(new ReportOrganization(organization, facts, service)));
  const asked = { name: `Provider ${number}`, origin: 'new' as const, territory };
  const request = new RequestProvider(organization, asked, { ...by, key: `request-${number}` });
  await ask(on, (commands) => commands.request.execute(request));
  const change = (what: Change, key: string) =>
    ask(on, (commands) => commands.change.execute(new ChangeProvider(providerId, what, { ...by, key })));
  if (chance.yes(0.05)) {
    await change({ type: 'Withdraw' }, `withdraw-${number}`);
    return false;
  }
  const documents = terms.current('US').map(({ party, version, digest }) => ({ party, version, digest }));
  const accepted = await change({ type: 'AcceptTerms', documents }, `accept-${number}`);
  if (accepted instanceof Refusal) return false;
  if (chance.yes(0.3)) await change({ type: 'Rename', name: `Renamed ${number}` }, `rename-${number}`);
  if (!chance.yes(0.1)) return true;
  await time.sleep(chance.between(0, 20_000));
  return (await change({ type: 'Withdraw' }, `withdraw-late-${number}`)) instanceof Refusal;
}

const credentialsOf = (provider: Provider) => (provider.stage === 'active' ? provider.credentials : undefined);

async function useCredentials(on: Reach, me: Person, number: number): Promise<void> {
  const { chance, observer, time } = on;
  const { providerId, organization } = me;
  const by = { caller: callerOf(`admin-${number}`, 'administrator', organization) };
  const now = () => observer.provider(providerId);
  const rounds = chance.of([1, 1, 1, 1, 2, 3]);
  for (let generation = 1; generation <= rounds; generation++) {
    const there = () => {
      const credentials = credentialsOf(now());
      return credentials !== undefined && credentials.generation >= generation && credentials.state !== 'reissuing';
    };
    await observer.when(() => there() || on.hopeless(providerId));
    if (on.hopeless(providerId)) return;
    if (chance.yes(0.75)) await claim(on, me, number, generation);
    const waits = generation === rounds || chance.yes(0.7);
    if (waits) await observer.when(() => ['claimed', 'expired'].includes(credentialsOf(now())?.state ?? ''));
    if (generation === rounds) return;
    await time.sleep(chance.between(0, 3 * minuteMs));
    // From here on the chosen password may be replaced.
    me.chosen = undefined;
    await reissue(on, me, generation, by);
  }
}

/**
 * Asks for the credentials after this generation until they are on their way: a provider that is halted gets none before
 * it is resumed, and a worker that has not heard of an issue yet takes the wish for the one before.
 */
async function reissue(
  on: Reach,
  { providerId }: Person,
  after: number,
  by: { readonly caller: Caller },
): Promise<void> {
  const change: Change = { type: 'Reissue', resetMfa: on.chance.yes(0.5) };
  for (let tries = 0; ; tries++) {
    const command = new ChangeProvider(providerId, change, { ...by, key: `reissue-${after}-${tries}` });
    const answer = await ask(on, (commands) => commands.change.execute(command));
    const generation = answer instanceof Refusal ? 0 : (credentialsOf(answer.provider)?.generation ?? 0);
    if (generation > after) return;
    await on.time.sleep(minuteMs);
  }
}

/** Looks at the temporary password, signs in with it, and chooses another, while it is good. */
async function claim(on: Reach, me: Person, number: number, generation: number): Promise<void> {
  const { chance, observer, aws, time } = on;
  const { providerId, organization } = me;
  const by = { caller: callerOf(`admin-${number}`, 'administrator', organization), key: undefined };
  const mine = () => {
    const credentials = credentialsOf(observer.provider(providerId));
    return credentials?.state === 'issued' && credentials.generation === generation ? credentials : undefined;
  };
  await time.sleep(chance.between(0, 40_000));
  const shown = await ask(on, (commands) => commands.reveal.execute(new RevealCredentials(providerId, by)));
  if (shown instanceof Refusal) return;
  const newPassword = `Chosen-${generation}-by-the-customer-${number}!`;
  for (let tries = 0; tries < 12; tries++) {
    const handout = mine();
    if (!handout || Date.parse(handout.expiresAt) - 2 * clockApartMs <= time.now) return;
    const known = observer.provider(providerId);
    const account = 'accountId' in known ? known.accountId : '';
    const { outcome } = aws.signIn({ account, userName, password: shown.temporaryPassword, newPassword });
    if (outcome === 'signed-in') {
      me.chosen = newPassword;
      me.claimed = generation;
      return;
    }
    await time.sleep(5_000);
  }
  if (mine()) on.violated(`AWS does not accept the vault's password number ${generation} of ${providerId}`);
}
