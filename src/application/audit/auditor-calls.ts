/** What auditors alone ask: that the log is verified, and evidence of a provider. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { MalformedNote, readCheckpoint, readNote } from '../../domain/audit/checkpoint.js';
import type { Verification } from '../../domain/audit/verification.js';
import { Refusal } from '../../domain/refusal.js';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Position } from '../ports/event-store.js';
import { requireOwn, StoreUnavailable } from '../ports/event-store-errors.js';
import { AUDIT, type Audit } from './audit.js';

/** A provider's evidence as one ZIP. */
export class GetEvidence extends Query<Uint8Array> {
  constructor(
    readonly providerId: string,
    /** Up to here; without one up to the provider's last fact. */
    readonly position: Position | undefined,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetEvidence)
export class GetEvidenceHandler implements IQueryHandler<GetEvidence> {
  constructor(
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(AUDIT) private readonly audit: Audit,
  ) {}

  async execute({ providerId, position, ...sent }: GetEvidence): Promise<Uint8Array> {
    authorize('readEvidence', sent.caller);
    if (position !== undefined) requireOwn(this.on.store, position);
    const pack = await this.audit.evidence(providerId, position);
    if (!pack) throw new Refusal('not-found', 'There is no such provider, or it has no fact up to this position.');
    return pack;
  }
}

export class VerifyLog extends Query<Verification> {
  constructor(
    /** A checkpoint's text; without one the service's own last head is taken. */
    readonly head: string | undefined,
    readonly key: string | undefined,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(VerifyLog)
export class VerifyLogHandler implements IQueryHandler<VerifyLog> {
  constructor(@Inject(AUDIT) private readonly audit: Audit) {}

  async execute({ head, key, caller }: VerifyLog) {
    authorize('verifyLog', caller);
    const given = head === undefined ? undefined : { head: requireHead(head), keys: key === undefined ? [] : [key] };
    const found = await this.audit.verifier.verify(given);
    if (!found) throw new StoreUnavailable('The service is stopping.');
    return found;
  }
}

function requireHead(head: string): string {
  try {
    readCheckpoint(readNote(head).text);
    return head;
  } catch (error) {
    if (!(error instanceof MalformedNote)) throw error;
    throw new Refusal('invalid', `head: ${error.message}`, [
      {
        field: 'head',
        problem: 'is no signed checkpoint',
        allowed: 'the text of a checkpoint, as GET /v1/audit/head shows it',
      },
    ]);
  }
}
