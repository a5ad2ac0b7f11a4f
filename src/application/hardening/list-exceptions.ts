/** The exceptions from the hardening of all accounts that a caller may know of. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { underneath } from '../../domain/provider/stages.js';
import {
  type AuthorizedCaller,
  authorize,
  requireOrganization,
  seesAll,
  seesOrganization,
} from '../authorization/authorization.js';
import type { Caller } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { ExceptionOrder, ExceptionRow, ExceptionState } from '../ports/exception-rows.js';
import type { ListPage, PageOf } from '../ports/provider-lists.js';
import type { ReadModels } from '../ports/read-models.js';
import { requireFilled, statusModels } from '../quarantine/standstill.js';

/** What the list is read from. */
export const exceptionModels = ['exceptions', ...statusModels] as const;

export interface ExceptionsAsked extends PageOf {
  readonly organization?: string;
  readonly state?: ExceptionState;
  /** ISO time: those alone that end by then. */
  readonly endingBy?: string;
  /** The first to end, unless another order is asked for. */
  readonly sort?: ExceptionOrder;
  readonly order?: 'asc' | 'desc';
}

/** An exception with whose account it is; these are absent while nothing can be read of the provider. */
export interface ExceptionView extends ExceptionRow {
  readonly name?: string;
  readonly organization?: string;
  readonly accountId?: string;
}

export class ListExceptions extends Query<ListPage<ExceptionView>> {
  constructor(
    readonly list: ExceptionsAsked,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(ListExceptions)
export class ListExceptionsHandler implements IQueryHandler<ListExceptions> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ list, ...sent }: ListExceptions): Promise<ListPage<ExceptionView>> {
    const caller = authorize('listExceptions', sent.caller);
    const { organization, state, endingBy, sort = 'until', order, ...page } = list;
    if (organization !== undefined) requireOrganization(caller, organization);
    const { readModels, clock } = this.on;
    requireFilled(readModels, exceptionModels);
    const accounts = accountsIn(readModels);
    const { items, ...rest } = readModels.exceptions({
      ...page,
      ...{ sort, state, endingBy, descending: order === 'desc' },
      now: new Date(clock.now()).toISOString(),
      isSeen: (providerId) => maySee(caller, organization, accounts(providerId).organization),
    });
    return { items: items.map((row) => ({ ...row, ...accounts(row.providerId) })), ...rest };
  }
}

/** Of which organization it is must be known to everybody but the reseller's people. */
function maySee(caller: AuthorizedCaller, wanted: string | undefined, whose: string | undefined): boolean {
  if (wanted !== undefined && whose !== wanted) return false;
  return whose === undefined ? seesAll(caller) : seesOrganization(caller, whose);
}

type Whose = Pick<ExceptionView, 'name' | 'organization' | 'accountId'>;

/** Whose account it is that a provider stands for, looked up once for all its exceptions. */
function accountsIn(readModels: Pick<ReadModels, 'provider'>): (providerId: string) => Whose {
  const known = new Map<string, Whose>();
  return (providerId) => {
    const before = known.get(providerId);
    if (before) return before;
    const whose = whoseIs(readModels, providerId);
    known.set(providerId, whose);
    return whose;
  };
}

function whoseIs(readModels: Pick<ReadModels, 'provider'>, providerId: string): Whose {
  const row = readModels.provider(providerId);
  const provider = row && underneath(row.provider);
  if (!provider || provider.stage === 'unknown') return {};
  const { name, organization } = provider;
  return { name, organization, ...('accountId' in provider ? { accountId: provider.accountId } : {}) };
}
