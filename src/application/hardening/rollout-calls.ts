/** An operator brings the desired state of this version to the accounts in use, and sees how far it has come. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { anyPlace, baselinesId, partsIn } from '../../domain/baseline/known-baselines.js';
import { objectKey } from '../../domain/baseline/plan.js';
import { pauseRollout, type Rollout, resumeRollout, rolloutId, startRollout } from '../../domain/hardening/rollout.js';
import { Refusal } from '../../domain/refusal.js';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { baselines, rollouts } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { digestOf } from '../streams/command-digest.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { HARDENING, type HardeningService } from './hardening-calls.js';
import { countUpgraded } from './rollout-batches.js';

/** The rollout as people are told of it: of its progress, the accounts that are next and since when. */
type PublicRollout = Rollout extends infer R
  ? R extends { readonly state: 'none' }
    ? R
    : Omit<R, 'batchNumber' | 'before' | 'failed'>
  : never;

/** How a rollout stands, by its facts. */
export interface RolloutView {
  readonly id: string;
  readonly baselineVersion: string;
  readonly digest: string;
  readonly rollout: PublicRollout;
  /** How many accounts it has brought to the desired state. */
  readonly upgraded: number;
  readonly failed: readonly string[];
}

/** Beside it, what the desired state of this version adds, changes and drops against the one before it. */
export interface RolloutPlan extends RolloutView {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly dropped: readonly string[];
}

export class GetRollout extends Query<RolloutPlan> {
  constructor(readonly caller: Caller) {
    super();
  }
}

export type RolloutAsked =
  | {
      readonly type: 'Start';
      readonly digest: string;
      readonly canaries: readonly string[];
      readonly perHour: number;
      readonly stopAfterFailures: number;
    }
  | { readonly type: 'Pause' }
  | { readonly type: 'Resume' };

export class DecideRollout extends Command<OnRecord & { readonly view: RolloutView }> {
  constructor(
    readonly asked: RolloutAsked,
    readonly by: Sender,
  ) {
    super();
  }
}

async function viewOf(on: Dependencies, hardening: HardeningService, rollout: Rollout): Promise<RolloutView> {
  const { version: baselineVersion, content } = hardening.baseline;
  const digest = digestOf(content);
  const named = { id: rolloutId(baselineVersion, digest), baselineVersion, digest };
  if (rollout.state === 'none') return { ...named, rollout, upgraded: 0, failed: [] };
  const { batchNumber: _number, before: _before, failed, ...told } = rollout;
  const upgraded = await countUpgraded({ ...on, hardening }, rollout);
  return { ...named, rollout: told, upgraded, failed };
}

@QueryHandler(GetRollout)
export class GetRolloutHandler implements IQueryHandler<GetRollout> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(HARDENING) private readonly hardening: HardeningService,
  ) {}

  async execute({ caller }: GetRollout): Promise<RolloutPlan> {
    authorize('readRollout', caller);
    const { content, version } = this.hardening.baseline;
    const id = rolloutId(version, digestOf(content));
    const { state } = await this.on.streams.load(rollouts, id);
    const { state: known } = await this.on.streams.load(baselines, baselinesId);
    const before = Object.values(known).findLast((other) => other !== content);
    return { ...(await viewOf(this.on, this.hardening, state)), ...differencesOf(before ?? '[]', content) };
  }
}

/** Objects by their keys; what differs between accounts stays a placeholder. */
const objectsIn = (content: string): ReadonlyMap<string, string> =>
  new Map(
    partsIn(content, anyPlace).flatMap(({ objects }) =>
      objects.map((object) => [objectKey(object), JSON.stringify(object.members)] as const),
    ),
  );

function differencesOf(before: string, now: string) {
  const [was, is] = [objectsIn(before), objectsIn(now)];
  const [old, present] = [[...was.keys()], [...is.keys()]];
  return {
    added: present.filter((key) => !was.has(key)),
    changed: present.filter((key) => was.has(key) && was.get(key) !== is.get(key)),
    dropped: old.filter((key) => !is.has(key)),
  };
}

@CommandHandler(DecideRollout)
export class DecideRolloutHandler implements ICommandHandler<DecideRollout> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(HARDENING) private readonly hardening: HardeningService,
  ) {}

  async execute({ asked, ...sent }: DecideRollout) {
    const by = authorizedSender('decideRollout', sent.by);
    const { version, content } = this.hardening.baseline;
    const digest = digestOf(content);
    if (asked.type === 'Start' && asked.digest !== digest) throw stale(digest);
    const id = rolloutId(version, digest);
    const changed = await this.on.streams.change(rollouts, id, causeOf(by, `rollout-${id}`, asked), (rollout) => {
      if (asked.type !== 'Start') return asked.type === 'Pause' ? pauseRollout(rollout) : resumeRollout(rollout);
      const { canaries, perHour, stopAfterFailures } = asked;
      return startRollout({ baselineVersion: version, digest, canaries, perHour, stopAfterFailures }, rollout);
    });
    return { ...onRecord(changed), view: await viewOf(this.on, this.hardening, changed.state) };
  }
}

const stale = (digest: string): Refusal =>
  new Refusal(
    'stale-plan',
    'This service does not stand for that desired state any more. Nothing was begun; look at the present plan.',
    [{ field: 'digest', problem: 'is of another desired state', allowed: digest }],
  );
