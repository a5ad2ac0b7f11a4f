/** What witnesses ask: the keys, the last signed head, that one head grew out of another, and the receipt of one fact. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Refusal } from '../../domain/refusal.js';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { loadAuthorized } from '../authorized-providers.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { streamsAbout } from '../history/streams-about.js';
import type { Position, RecordedEvent } from '../ports/event-store.js';
import { requireOwn } from '../ports/event-store-errors.js';
import { eventAt } from '../streams/event-at.js';
import {
  AUDIT,
  type Audit,
  type AuditKeysView,
  coveringHead,
  type HeadAnswer,
  headPending,
  wholeHead,
} from './audit.js';

export class GetAuditKeys extends Query<AuditKeysView> {
  constructor(readonly caller: Caller) {
    super();
  }
}

export class GetHead extends Query<HeadAnswer> {
  constructor(readonly caller: Caller) {
    super();
  }
}

export class GetConsistency extends Query<{ from: number; to: number; proof: readonly string[] }> {
  constructor(
    readonly from: number,
    readonly to: number,
    readonly caller: Caller,
  ) {
    super();
  }
}

/** One fact with the proof that it is in the log that the head is of. */
export interface Receipt {
  readonly position: Position;
  /** Of the event, in hex. */
  readonly hash: string;
  /** Its number among the leaves, from 0. */
  readonly leaf: number;
  readonly proof: readonly string[];
  readonly head: HeadAnswer;
}

export class GetReceipt extends Query<Receipt> {
  constructor(
    readonly providerId: string,
    readonly position: Position,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetAuditKeys)
export class GetAuditKeysHandler implements IQueryHandler<GetAuditKeys> {
  constructor(@Inject(AUDIT) private readonly audit: Audit) {}

  async execute({ caller }: GetAuditKeys) {
    authorize('readHeads', caller);
    return this.audit.keys();
  }
}

@QueryHandler(GetHead)
export class GetHeadHandler implements IQueryHandler<GetHead> {
  constructor(@Inject(AUDIT) private readonly audit: Audit) {}

  async execute({ caller }: GetHead) {
    authorize('readHeads', caller);
    const head = this.audit.lastHead();
    if (!head) throw headPending('No head of this log has been signed yet; ask again in a moment.', 1);
    return wholeHead(head);
  }
}

@QueryHandler(GetConsistency)
export class GetConsistencyHandler implements IQueryHandler<GetConsistency> {
  constructor(@Inject(AUDIT) private readonly audit: Audit) {}

  async execute({ from, to, caller }: GetConsistency) {
    authorize('readHeads', caller);
    const { tree } = this.audit;
    if (from > to) throw wrongSize('from', `is larger than to, which is ${to}`, `1 to ${to}`);
    if (to > tree.size()) throw wrongSize('to', 'is more than the log has', `1 to ${tree.size()}`);
    return { from, to, proof: tree.consistency(from, to) };
  }
}

const wrongSize = (field: string, problem: string, allowed: string): Refusal =>
  new Refusal('invalid', `${field} ${problem}; allowed: ${allowed}.`, [{ field, problem, allowed }]);

@QueryHandler(GetReceipt)
export class GetReceiptHandler implements IQueryHandler<GetReceipt> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(AUDIT) private readonly audit: Audit,
  ) {}

  async execute({ providerId, position, ...sent }: GetReceipt): Promise<Receipt> {
    const caller = authorize('readHistory', sent.caller);
    await loadAuthorized(this.on, caller, providerId);
    requireOwn(this.on.store, position);
    const { metadata } = await this.eventAt(providerId, position);
    const { leaf, head } = coveringHead(this.audit, position);
    return {
      position,
      hash: metadata.hash,
      leaf,
      proof: this.audit.tree.inclusion(leaf, head.size),
      head: wholeHead(head),
    };
  }

  /** The provider's event at this position; a `not-found` refusal where it is of something else. */
  private async eventAt(providerId: string, position: Position): Promise<RecordedEvent> {
    for (const stream of await streamsAbout(this.on.store, this.on.clock, providerId)) {
      const event = await eventAt(this.on.store, stream, position);
      if (event) return event;
    }
    throw new Refusal('not-found', 'At this position is no fact of this provider.', [
      { field: 'position', problem: 'is of another provider', allowed: 'a position of GET /v1/providers/{id}/history' },
    ]);
  }
}
