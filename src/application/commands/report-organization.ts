/** An internal service reports the facts about a customer organization. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decideOrganization, type OrganizationFacts } from '../../domain/organization.js';
import { requireOrganization } from '../authorization/authorization.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Position } from '../ports/event-store.js';
import { organizations } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { requireUnchanged } from '../streams/unchanged.js';

export class ReportOrganization extends Command<OnRecord & { facts: OrganizationFacts }> {
  constructor(
    readonly organization: string,
    readonly facts: OrganizationFacts,
    readonly by: Sender,
    /** The fact that it was decided on, where the caller names one. */
    readonly decidedOn?: Position,
  ) {
    super();
  }
}

@CommandHandler(ReportOrganization)
export class ReportOrganizationHandler implements ICommandHandler<ReportOrganization> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ organization, facts, decidedOn, ...sent }: ReportOrganization) {
    const by = authorizedSender('reportOrganization', sent.by);
    requireOrganization(by.caller, organization);
    const cause = causeOf(by, organization, ['ReportOrganization', facts]);
    const changed = await this.on.streams.change(organizations, organization, cause, (state, { position }) => {
      requireUnchanged(decidedOn, position, this.on.formerLogs);
      return decideOrganization({ type: 'ReportFacts', facts }, state);
    });
    return { ...onRecord(changed), facts: changed.state.stage === 'registered' ? changed.state.facts : facts };
  }
}
