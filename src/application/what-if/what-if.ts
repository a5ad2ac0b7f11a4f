/** What a request or an acceptance would come to, with every check of the real one and no fact of it. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { dayOf, decideAllowance } from '../../domain/allowance.js';
import { type RefusalReason, refusalText } from '../../domain/eligibility.js';
import { decide, type ProviderCommand } from '../../domain/provider/decide.js';
import type { ProviderEvent } from '../../domain/provider/events.js';
import { evolve } from '../../domain/provider/evolve.js';
import { type Provider, underneath } from '../../domain/provider/stages.js';
import type { Acceptance } from '../../domain/terms.js';
import { type AuthorizedCaller, requireOrganization, seesAll } from '../authorization/authorization.js';
import { redacted } from '../authorization/redaction.js';
import { loadAuthorized } from '../authorized-providers.js';
import { acceptanceOf } from '../commands/change-provider.js';
import { type Asked, requestCommand, requestedId } from '../commands/request-provider.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { allowances, providers } from '../streams/aggregates.js';
import { authorizedSender, type Sender } from '../streams/causes.js';
import { type Prospect, prospectOf } from './prospect.js';

export interface WhatIf {
  readonly dryRun: true;
  readonly id: string;
  /** The facts that would be recorded of the provider, as the caller would see them; none where all is on record already. */
  readonly events: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[];
  /** Why the organization would be refused; empty where it would not. */
  readonly reasons: readonly { readonly reason: RefusalReason; readonly words: string }[];
  /** What follows, for a request once its terms are accepted; missing where nothing does. */
  readonly prospect?: Prospect;
}

export class TryRequest extends Query<WhatIf> {
  constructor(
    readonly organization: string,
    readonly asked: Asked,
    readonly by: Sender & { readonly key: string },
  ) {
    super();
  }
}

export class TryAcceptance extends Query<WhatIf> {
  constructor(
    readonly providerId: string,
    readonly documents: readonly Acceptance[],
    readonly by: Sender,
  ) {
    super();
  }
}

@QueryHandler(TryRequest)
export class TryRequestHandler implements IQueryHandler<TryRequest> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ organization, asked, ...sent }: TryRequest): Promise<WhatIf> {
    const { streams, settings, clock } = this.on;
    const by = authorizedSender('tryRequest', sent.by);
    requireOrganization(by.caller, organization);
    const providerId = requestedId(organization, by.key);
    const command = await requestCommand(this.on, providerId, organization, asked);
    const { state } = await streams.load(providers, providerId);
    const events = decide(command, state);
    if (events[0]?.type === 'ProviderRequested') {
      const [at, perDay] = [clock.now(), settings.limits.accountsPerOrganizationPerDay];
      const { state: allowance } = await streams.load(allowances, `${organization}-${dayOf(at)}`);
      decideAllowance({ type: 'CountRequest', providerId, at }, allowance, perDay);
    }
    return whatIf(this.on, by.caller, providerId, { before: state, events });
  }
}

@QueryHandler(TryAcceptance)
export class TryAcceptanceHandler implements IQueryHandler<TryAcceptance> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, documents, ...sent }: TryAcceptance): Promise<WhatIf> {
    const by = authorizedSender('tryAcceptance', sent.by);
    const state = await loadAuthorized(this.on, by.caller, providerId);
    const command: ProviderCommand = await acceptanceOf(this.on, documents, state);
    return whatIf(this.on, by.caller, providerId, { before: state, events: decide(command, state) });
  }
}

interface Tried {
  readonly before: Provider;
  readonly events: readonly ProviderEvent[];
}

/** What these events would come to, as the caller sees it: a customer is not told of payers. */
async function whatIf(
  on: Dependencies,
  caller: AuthorizedCaller,
  id: string,
  { before, events }: Tried,
): Promise<WhatIf> {
  const at = new Date(on.clock.now()).toISOString();
  const state = events.reduce((provider, event) => evolve(provider, event, at), before);
  const told = events.flatMap((event) => {
    const data = redacted(event, seesAll(caller));
    return data ? [{ type: event.type, data }] : [];
  });
  const reasons = state.stage === 'refused' ? state.reasons : [];
  const accepted = events.length > 0 ? acceptedOf(on, state, at) : undefined;
  const known = underneath(state);
  const of = accepted && 'territory' in known && { organization: known.organization, territory: known.territory };
  return {
    dryRun: true,
    id,
    events: told,
    reasons: reasons.map((reason) => ({ reason, words: refusalText(reason) })),
    ...(of && { prospect: await prospectOf(on, { providerId: id, ...of, provider: accepted }, seesAll(caller)) }),
  };
}

/** The provider with the terms in force accepted; `undefined` where none can be. */
function acceptedOf({ terms }: Dependencies, state: Provider, at: string): Provider | undefined {
  if (state.stage === 'accepted') return state;
  if (state.stage !== 'requested') return undefined;
  const documents = terms.current(state.territory).map(({ text, ...document }) => document);
  // The fold does not look at the revision.
  return evolve(state, { type: 'TermsAccepted', documents, organizationRevision: 0 }, at);
}
