/** What a customer or operator does to a provider that exists: accept terms, withdraw, rename, resume, reissue. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decide, type ProviderCommand } from '../../domain/provider/decide.js';
import { type Provider, underneath } from '../../domain/provider/stages.js';
import type { Acceptance } from '../../domain/terms.js';
import type { Action } from '../authorization/actions.js';
import { loadAuthorized } from '../authorized-providers.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { Position } from '../ports/event-store.js';
import { organizations, providers } from '../streams/aggregates.js';
import { authorizedSender, causeOf, type Sender } from '../streams/causes.js';
import { type OnRecord, onRecord } from '../streams/on-record.js';
import { requireUnchanged } from '../streams/unchanged.js';

export type Change =
  | { readonly type: 'AcceptTerms'; readonly documents: readonly Acceptance[] }
  | Exclude<ProviderCommand, { type: 'RequestProvider' | 'AcceptTerms' }>;

const actionOf = {
  AcceptTerms: 'acceptTerms',
  Withdraw: 'withdraw',
  Rename: 'rename',
  Resume: 'resume',
  Reissue: 'reissueCredentials',
} as const satisfies Record<Change['type'], Action>;

export class ChangeProvider extends Command<OnRecord & { provider: Provider }> {
  constructor(
    readonly providerId: string,
    readonly change: Change,
    readonly by: Sender,
    /** The fact that it was decided on, where the caller names one. */
    readonly decidedOn?: Position,
  ) {
    super();
  }
}

@CommandHandler(ChangeProvider)
export class ChangeProviderHandler implements ICommandHandler<ChangeProvider> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, change, decidedOn, ...sent }: ChangeProvider) {
    const by = authorizedSender(actionOf[change.type], sent.by);
    const { streams } = this.on;
    const state = await loadAuthorized(this.on, by.caller, providerId);
    const command = change.type === 'AcceptTerms' ? await acceptanceOf(this.on, change.documents, state) : change;
    const cause = causeOf(by, providerId, change);
    const changed = await streams.change(providers, providerId, cause, (provider, { position }) => {
      requireUnchanged(decidedOn, position, this.on.formerLogs);
      return decide(command, provider);
    });
    return { ...onRecord(changed), provider: changed.state };
  }
}

/** The acceptance of these documents with the terms in force and the organization's facts as they are now. */
export async function acceptanceOf(
  { streams, terms }: Pick<Dependencies, 'streams' | 'terms'>,
  documents: readonly Acceptance[],
  state: Provider,
): Promise<ProviderCommand> {
  const known = underneath(state);
  const { organization, territory } = known as { organization: string; territory?: string };
  const standing = await streams.load(organizations, organization);
  const facts = standing.state.stage === 'registered' ? standing.state.facts : nothingKnown;
  const current = territory === undefined ? [] : terms.current(territory).map(({ text, ...document }) => document);
  return { type: 'AcceptTerms', documents, organizationRevision: standing.revision, facts, current };
}

const nothingKnown = {
  billable: false,
  reseller: false,
  customerOfReseller: false,
  staff: false,
  demo: false,
  officeTerritories: [],
};
