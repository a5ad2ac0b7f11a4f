/** The whole log for auditors, as a call that any way in makes. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { ExportFilter } from '../ports/event-export.js';
import type { Position } from '../ports/event-store.js';
import { requireOwn } from '../ports/event-store-errors.js';
import { AUDIT, type Audit } from './audit.js';

/** Answers with lines of JSON, page by page as they are asked for. Throws UnknownPosition for a position of another log. */
export class ExportLog extends Query<AsyncIterable<string>> {
  constructor(
    readonly filter: Omit<ExportFilter, 'after'>,
    /** Where to begin; at the start without one. */
    readonly after: Position | undefined,
    /** Ends the export. */
    readonly signal: AbortSignal,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(ExportLog)
export class ExportLogHandler implements IQueryHandler<ExportLog> {
  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
  ) {}

  async execute({ filter, after, signal, caller }: ExportLog): Promise<AsyncIterable<string>> {
    authorize('exportEvents', caller);
    if (after === undefined) return this.audit.exportEvents({ ...filter, after: 0 }, signal);
    requireOwn(this.on.store, after);
    return this.audit.exportEvents({ ...filter, after: Number(after.slice(after.lastIndexOf(':') + 1)) }, signal);
  }
}
