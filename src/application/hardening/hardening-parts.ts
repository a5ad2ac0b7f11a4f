/** What the hardening of accounts in use is made of; chosen in the composition root. */
import { baselinesId } from '../../domain/baseline/known-baselines.js';
import type { OwnPolicy } from '../../domain/guardrails/plan.js';
import type { Clock } from '../ports/clock.js';
import type { EventStore } from '../ports/event-store.js';
import type { HardeningAtAws, Repairs } from '../ports/hardening.js';
import type { HardeningLooks } from '../ports/hardening-looks.js';
import type { ReadModels } from '../ports/read-models.js';
import { baselines, hardenings, providers, streamOf } from '../streams/aggregates.js';
import type { Streams } from '../streams/streams.js';
import { appliedDigests, type DigestOf, type Held, heldParts } from './held-parts.js';
import type { RolloutProgress } from './rollout-progress.js';

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
  /** How far this process has come with the rollout of it. */
  readonly rollout: RolloutProgress;
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

/** What the account of a provider is held to. */
export async function heldOf(
  { streams, store }: Histories,
  { baseline, digestOf }: Pick<HardeningParts, 'baseline' | 'digestOf'>,
  providerId: string,
  accountId: string,
): Promise<Held> {
  const life = await store.read(streamOf(providers, providerId));
  const { state: hardening } = await streams.load(hardenings, providerId);
  const { state: known } = await streams.load(baselines, baselinesId);
  return heldParts(accountId, appliedDigests(life, hardening), { known, current: baseline.content, digestOf });
}
