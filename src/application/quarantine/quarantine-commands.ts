/** An operator sets a stream aside that cannot be read, or puts it back into use; and who asks sees what is set aside or should be. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { decideQuarantine, type Flaw, type SetAside } from '../../domain/quarantine.js';
import { Refusal } from '../../domain/refusal.js';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { providerIn } from '../history/streams-about.js';
import { quarantines } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { decisionsId, decisionsStream, flawOf } from '../streams/quarantined.js';

export class DecideQuarantine extends Command<OnRecord & { setAside: SetAside | undefined }> {
  constructor(
    readonly decision: 'SetAside' | 'Lift',
    readonly stream: string,
    readonly reason: string,
    readonly by: Sender,
  ) {
    super();
  }
}

/** A stream at which read models stand still. */
export interface Unreadable extends Flaw {
  readonly stream: string;
  readonly readModels: readonly string[];
}

export class GetQuarantine extends Query<{ items: readonly SetAside[]; unreadable: readonly Unreadable[] }> {
  constructor(readonly caller: Caller) {
    super();
  }
}

@CommandHandler(DecideQuarantine)
export class DecideQuarantineHandler implements ICommandHandler<DecideQuarantine> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ decision, stream, reason, ...sent }: DecideQuarantine) {
    const by = authorizedSender('decideQuarantine', sent.by);
    if (stream === decisionsStream) throw impossible();
    const flaw = decision === 'SetAside' ? await this.firstFlaw(stream) : await flawOf(this.on.store, stream);
    const cause = causeOf(by, stream, [decision, stream, reason]);
    const changed = await this.on.streams.change(quarantines, decisionsId, cause, (quarantine) =>
      decideQuarantine({ type: decision, stream, reason, flaw }, quarantine),
    );
    const providerId = providerIn(stream);
    if (providerId !== undefined) this.on.nudge(providerId);
    return { ...onRecord(changed), setAside: changed.state.setAside[stream] };
  }

  /** The earliest place at which the stream itself or a read model of it fails. */
  private async firstFlaw(stream: string): Promise<Flaw | undefined> {
    const own = await flawOf(this.on.store, stream);
    const flaws = standstills(this.on).filter((at) => at.stream === stream);
    const all: readonly Flaw[] = own ? [own, ...flaws] : flaws;
    return all.reduce<Flaw | undefined>(
      (first, flaw) => (first && first.revision <= flaw.revision ? first : flaw),
      undefined,
    );
  }
}

const impossible = (): Refusal =>
  new Refusal('invalid', 'The decisions themselves cannot be set aside.', [
    { field: 'stream', problem: 'holds the decisions themselves', allowed: 'any other stream' },
  ]);

@QueryHandler(GetQuarantine)
export class GetQuarantineHandler implements IQueryHandler<GetQuarantine> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ caller }: GetQuarantine) {
    authorize('readQuarantine', caller);
    const { state } = await this.on.streams.load(quarantines, decisionsId);
    return { items: Object.values(state.setAside), unreadable: standstills(this.on) };
  }
}

function standstills({ readModels }: Dependencies): readonly Unreadable[] {
  const streams = new Map<string, Unreadable>();
  for (const { name, at } of readModels.health()) {
    if (!at) continue;
    const { stream, revision, cause } = at;
    const known = streams.get(stream);
    const names = [...(known?.readModels ?? []), name];
    const first = known && known.revision <= revision ? known : { stream, revision, cause };
    streams.set(stream, { ...first, readModels: names });
  }
  return [...streams.values()];
}
