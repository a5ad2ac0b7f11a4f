/** What each stage holds, over lives that a provider could have: just the facts proven, named by what is held and not by the way there. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ProviderEvent } from '../../../src/domain/provider/events.js';
import { evolve } from '../../../src/domain/provider/evolve.js';
import {
  hasAccount,
  type Provider,
  type Stage,
  underneath,
  unknownProvider,
} from '../../../src/domain/provider/stages.js';
import { fold, minute } from '../../support/given.js';
import * as s from '../../support/story.js';
import { wander } from '../../support/wander.js';

/** Every provider along a life. */
function along(history: readonly ProviderEvent[]): readonly Provider[] {
  const all = [unknownProvider];
  for (const [n, event] of history.entries()) all.push(evolve(all.at(-1) ?? unknownProvider, event, minute(n)));
  return all;
}

const life = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.infiniteStream(fc.nat({ max: 1_000 })))
  .map(([length, chance]) => wander(length, (n) => (chance.next().value as number) % Math.max(n, 1)));
const lives = fc.array(life, { minLength: 40, maxLength: 60 });

const members = (held: object): string => Object.keys(held).sort().join();

test('a stage holds the same members in every life, so that none of them is optional', () => {
  fc.assert(
    fc.property(lives, (histories) => {
      const seen = new Map<string, Set<string>>();
      const see = (name: string, held: object): void => {
        seen.set(name, (seen.get(name) ?? new Set()).add(members(held)));
      };
      for (const provider of histories.flatMap(along)) {
        see(provider.stage, provider);
        const held = underneath(provider);
        if ('origin' in held) see(`origin ${held.origin.kind}`, held.origin);
        if (held.stage === 'active') see(`credentials ${held.credentials.state}`, held.credentials);
      }
      for (const [name, shapes] of seen) expect([name, ...shapes]).toHaveLength(2);
    }),
    { numRuns: 3 },
  );
});

const ofEveryAccount = [
  ...['organization', 'name', 'origin', 'territory', 'requestDigest', 'requestedAt', 'documents', 'acceptedAt'],
  ...['accountId', 'wayIn'],
];
const ofAMember = ['payerId'];
const ofThePace = ['stage', 'since', 'delays'];
const ofTheStage: Partial<Record<Stage, readonly string[]>> = {
  ready: ['accessBaseline', 'applied', 'root'],
  hardened: ['accessBaseline', 'remaining', 'root'],
  proven: ['remaining', 'root'],
  active: ['accountState', 'credentials', 'remaining', 'root', 'secondFactor'],
};

test('an account holds what every account has; what only a new one has lies in its origin', () => {
  fc.assert(
    fc.property(lives, (histories) => {
      // Chance alone may lead nobody to an account.
      const accounts = [...histories, s.active].flatMap(along).filter(hasAccount);
      for (const account of accounts) {
        const wanted = [...ofEveryAccount, ...ofAMember, ...ofThePace, ...(ofTheStage[account.stage] ?? [])];
        expect(members(account)).toBe(wanted.sort().join());
        expect(members(account.origin)).toBe('accountName,kind,payersTried,requestsTried,rootEmail');
      }
      expect(accounts.length).toBeGreaterThan(3);
    }),
    { numRuns: 3 },
  );
});

interface Stored {
  readonly event: { readonly type: string };
}
const stored = JSON.parse(
  readFileSync(new URL('../../fixtures/stored-events.json', import.meta.url), 'utf8'),
) as readonly Stored[];

/** A life in which an event of each type may follow. */
const before: { readonly [T in ProviderEvent['type']]: readonly ProviderEvent[] } = {
  ProviderRequested: [],
  ProviderRefused: [],
  TermsAccepted: s.created.slice(0, 1),
  PayerAssigned: s.created.slice(0, 2),
  AccountCreationRequested: s.created.slice(0, 3),
  PayerRefused: s.created.slice(0, 4),
  AccountCreated: s.created.slice(0, 4),
  PayerLinked: s.created,
  AccountReady: [...s.created, s.payerLinked],
  BaselineStepApplied: s.ready,
  BaselineApplied: s.hardened.slice(0, -1),
  LiveProofRecorded: s.hardened,
  CredentialsIssued: s.proven,
  CredentialsClaimed: s.active,
  CredentialsExpired: s.active,
  CredentialsReissued: s.active,
  MfaEnrolled: s.active,
  AccountStateObserved: s.active,
  RootStateObserved: s.active,
  StepDelayed: s.created,
  ProvisioningHalted: s.created,
  ProvisioningResumed: [...s.created, s.halted()],
  ProviderRenamed: s.created,
  ProviderWithdrawn: s.created.slice(0, 2),
};

test.each(stored.filter(({ event }) => event.type in before))(
  'the stored $event.type folds where it may follow',
  (one) => {
    const event = one.event as ProviderEvent;
    const history = before[event.type];
    expect(() => fold([...history, event])).not.toThrow();
  },
);
