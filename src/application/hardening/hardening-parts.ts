/** What the hardening of accounts in use is made of; chosen in the composition root. */
import { baselinesId, type PlaceOf } from '../../domain/baseline/known-baselines.js';
import type { OwnPolicy } from '../../domain/guardrails/plan.js';
import type { WayIn } from '../../domain/provider/way-in.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { HardeningAtAws, Repairs } from '../ports/hardening.js';
import type { HardeningLooks } from '../ports/hardening-looks.js';
import type { ReadModels } from '../ports/read-models.js';
import { baselines, hardenings, providers, streamOf } from '../streams/aggregates.js';
import type { Streams } from '../streams/streams.js';
import type { AccountInUse } from './account-in-use.js';
import { appliedDigests, type DigestOf, type Held, heldParts } from './held-parts.js';

export interface HardeningParts {
  readonly aws: HardeningAtAws;
  readonly looks: HardeningLooks;
  readonly repairs: Repairs;
  /** Whether a hole in the guardrails over an account stops vending at its payer. */
  readonly guardrails: 'required' | 'report';
  /** The guardrails that are to bind the accounts of a payer. */
  readonly wanted: (payerId: string) => Promise<readonly OwnPolicy[]>;
  /** What an operator has applied over the accounts of a payer; none where nobody has. */
  readonly applied: (payerId: string) => Promise<readonly OwnPolicy[]>;
  /** The desired state that this version stands for. */
  readonly baseline: { readonly version: string; readonly content: string };
  readonly digestOf: DigestOf;
  /** By which role of a payer an account is entered; `undefined` where its owner made a role for us. */
  readonly payerRoleOf: (wayIn: WayIn) => string | undefined;
}

export interface Histories {
  readonly streams: Streams;
  readonly store: Pick<EventStore, 'read'>;
}

export interface KeepHardeningParts extends Histories {
  readonly hardening: HardeningParts;
  readonly clock: Clock;
  readonly readModels: Pick<ReadModels, 'inUse' | 'providersAfter'>;
  /** A number in 0…1, for the jitter of waits. */
  readonly random: () => number;
}

/** Where described objects are in the account. */
export function placeOf(
  { payerRoleOf }: Pick<HardeningParts, 'payerRoleOf'>,
  { accountId, wayIn }: Pick<AccountInUse, 'accountId' | 'wayIn'>,
): PlaceOf {
  const payerRoleArn = payerRoleOf(wayIn);
  return { accountId, ...(payerRoleArn ? { payerRoleArn } : {}) };
}

/** What an account in use is held to. */
export async function heldOf(
  { streams, store }: Histories,
  hardening: Pick<HardeningParts, 'baseline' | 'digestOf' | 'payerRoleOf'>,
  account: Pick<AccountInUse, 'providerId' | 'accountId' | 'wayIn'>,
): Promise<Held> {
  const { providerId } = account;
  const { baseline, digestOf } = hardening;
  const life = await store.read(streamOf(providers, providerId));
  const { state } = await streams.load(hardenings, providerId);
  const { state: known } = await streams.load(baselines, baselinesId);
  const baselinesNow = { known, current: baseline.content, digestOf };
  return heldParts(placeOf(hardening, account), appliedDigests(life, state), baselinesNow);
}
