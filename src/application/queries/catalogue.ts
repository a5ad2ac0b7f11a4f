/** What can be asked for: territories, the terms in force, and the ways to get an account with why each is offered or not. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { refusalReasons, refusalText } from '../../domain/eligibility.js';
import { Refusal } from '../../domain/refusal.js';
import { requireTerritory, type Territory } from '../../domain/territories.js';
import { reachOf } from '../authorization/actions.js';
import { authorize, requireOrganization } from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { TermsDocument } from '../ports/terms.js';
import { requireFilled, requireWhole } from '../quarantine/standstill.js';

export interface OptionView {
  readonly origin: 'new' | 'migrated' | 'existing';
  readonly title: string;
  readonly offered: boolean;
  readonly reasons: readonly { readonly reason: string; readonly words: string }[];
}

export class GetTerritories extends Query<{ version: string; items: readonly Territory[] }> {
  constructor(readonly caller: Caller) {
    super();
  }
}

export class GetTerms extends Query<{ territory: string; documents: readonly TermsDocument[] }> {
  constructor(
    readonly territory: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

export class GetOptions extends Query<{ items: readonly OptionView[]; contact: string }> {
  constructor(
    readonly organization: string,
    readonly territory: string,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetTerritories)
export class GetTerritoriesHandler implements IQueryHandler<GetTerritories> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ caller }: GetTerritories) {
    authorize('readCatalogue', caller);
    const { version, list } = this.on.settings.territories;
    return { version, items: list };
  }
}

@QueryHandler(GetTerms)
export class GetTermsHandler implements IQueryHandler<GetTerms> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ territory, caller }: GetTerms) {
    authorize('readCatalogue', caller);
    requireTerritory(this.on.settings.territories.list, territory);
    return { territory, documents: this.on.terms.current(territory) };
  }
}

@QueryHandler(GetOptions)
export class GetOptionsHandler implements IQueryHandler<GetOptions> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ organization, territory, ...sent }: GetOptions) {
    const caller = authorize('readOptions', sent.caller);
    const { settings, readModels } = this.on;
    requireOrganization(caller, organization);
    requireTerritory(settings.territories.list, territory);
    requireFilled(readModels, ['organizations']);
    const known = readModels.organization(organization);
    if (!known) requireWhole(readModels, ['organizations']);
    if (!known)
      throw new Refusal('not-found', 'This organization is not known here yet; its facts must be reported first.');
    const ineligible = refusalReasons(known.facts, territory).map((reason) => ({
      reason,
      words: refusalText(reason),
    }));
    const mayAsk = caller.roles.some((role) => reachOf('requestProvider', role) !== undefined);
    const items = mayAsk ? [newAccount(ineligible), ...notYet] : notYet;
    return { items, contact: settings.reseller.contact };
  }
}

const newAccount = (reasons: OptionView['reasons']): OptionView => ({
  origin: 'new',
  title: 'Create a new AWS account for consolidated billing and platform support',
  offered: reasons.length === 0,
  reasons,
});

const unavailable = [{ reason: 'not-offered-yet', words: 'This way is not offered yet; please ask the contact.' }];

const notYet: readonly OptionView[] = [
  {
    origin: 'migrated',
    title: 'Migrate my account for consolidated billing and platform support',
    offered: false,
    reasons: unavailable,
  },
  { origin: 'existing', title: 'Use an existing AWS account that I pay for', offered: false, reasons: unavailable },
];
