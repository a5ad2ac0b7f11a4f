/** After an outage an operator resumes all who halted for it at once, a bounded number a call, and first looks at who they are. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { decide } from '../../domain/provider/decide.js';
import type { Provider } from '../../domain/provider/stages.js';
import { type Halted, startResumption } from '../../domain/resumption.js';
import { authorize } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { type Standstill, wholenessOf } from '../quarantine/standstill.js';
import { providers, resumptions } from '../streams/aggregates.js';
import { type AuthorizedSender, authorizedSender, causeOf, idOf, type Sender } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { unusable } from '../streams/quarantined.js';
import { type HaltedView, haltedRows, haltedView, isHaltedBy, requireChoice } from './halted-providers.js';

/** So many are resumed a call; each is an append, and who is resumed calls AWS. */
const mostResumed = 100;

export interface ResumptionPlan {
  readonly dryRun: true;
  /** Who would be resumed by one call, those who halted first before the others. */
  readonly items: readonly HaltedView[];
  /** How many more there are. */
  readonly left: number;
  readonly standstill?: Standstill;
}

/** What came of it for one provider; one that cannot be read, or went on meanwhile, is passed over. */
interface ResumedView {
  readonly id: string;
  readonly outcome: 'resumed' | 'passed-over';
  /** Missing where its history cannot be read. */
  readonly stage?: Provider['stage'];
}

export interface ResumptionDone extends OnRecord {
  readonly items: readonly ResumedView[];
  readonly left: number;
  readonly standstill?: Standstill;
}

export class TryResumption extends Query<ResumptionPlan> {
  constructor(
    readonly halted: Halted,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class ResumeHalted extends Command<ResumptionDone> {
  constructor(
    readonly halted: Halted,
    readonly by: Sender,
  ) {
    super();
  }
}

@QueryHandler(TryResumption)
export class TryResumptionHandler implements IQueryHandler<TryResumption> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ halted, caller }: TryResumption): Promise<ResumptionPlan> {
    authorize('resumeHalted', caller);
    requireChoice(this.on.settings, halted);
    const rows = haltedRows(this.on.readModels, halted);
    const items = rows.slice(0, mostResumed).flatMap(haltedView);
    return { dryRun: true, items, left: rows.length - items.length, ...wholenessOf(this.on.readModels, true) };
  }
}

@CommandHandler(ResumeHalted)
export class ResumeHaltedHandler implements ICommandHandler<ResumeHalted> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  /** Who is resumed is on record before the first one is; sent again with its key after a crash, it resumes the rest of the same. */
  async execute({ halted, ...sent }: ResumeHalted): Promise<ResumptionDone> {
    const by = authorizedSender('resumeHalted', sent.by);
    requireChoice(this.on.settings, halted);
    const found = haltedRows(this.on.readModels, halted).map(({ providerId }) => providerId);
    const cause = causeOf(by, 'resumption', ['ResumeHalted', halted]);
    const id = idOf('resumption', cause.commandId);
    const begun = await this.on.streams.change(resumptions, id, cause, (state) =>
      startResumption(halted, found.slice(0, mostResumed), state),
    );
    const chosen = begun.state.providers;
    const items: ResumedView[] = [];
    for (let at = 0; at < chosen.length; at += atOnce) {
      const some = chosen.slice(at, at + atOnce).map((providerId) => this.resumed(providerId, id, halted, by));
      items.push(...(await Promise.all(some)));
    }
    const left = found.filter((providerId) => !chosen.includes(providerId)).length;
    return { items, left, ...wholenessOf(this.on.readModels, true), ...onRecord(begun) };
  }

  private async resumed(providerId: string, id: string, halted: Halted, by: AuthorizedSender): Promise<ResumedView> {
    const cause = causeOf({ ...by, key: `resumption ${id}` }, providerId, ['ResumeHalted', id]);
    try {
      // Of a repeat nothing is decided: it was resumed before.
      let outcome: ResumedView['outcome'] = 'resumed';
      const { state } = await this.on.streams.change(providers, providerId, cause, (provider) => {
        outcome = isHaltedBy(halted, provider) ? 'resumed' : 'passed-over';
        return outcome === 'resumed' ? decide({ type: 'Resume' }, provider) : [];
      });
      return { id: providerId, outcome, stage: state.stage };
    } catch (error) {
      if (unusable(error)) return { id: providerId, outcome: 'passed-over' };
      throw error;
    }
  }
}

/** Appends on their way together; the log commits such as come together in one. */
const atOnce = 20;
