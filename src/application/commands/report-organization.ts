/** An internal service reports the facts about a customer organization. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decideOrganization, type OrganizationFacts } from '../../domain/organization.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { organizations } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';

export class ReportOrganization extends Command<OnRecord & { facts: OrganizationFacts }> {
  constructor(
    readonly organization: string,
    readonly facts: OrganizationFacts,
    readonly by: Sender,
  ) {
    super();
  }
}

@CommandHandler(ReportOrganization)
export class ReportOrganizationHandler implements ICommandHandler<ReportOrganization> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ organization, facts, ...sent }: ReportOrganization) {
    const by = authorizedSender('reportOrganization', sent.by);
    const cause = causeOf(by, organization, ['ReportOrganization', facts]);
    const changed = await this.on.streams.change(organizations, organization, cause, (state) =>
      decideOrganization({ type: 'ReportFacts', facts }, state),
    );
    return { ...onRecord(changed), facts: changed.state.stage === 'registered' ? changed.state.facts : facts };
  }
}
