/** The exceptions from the hardening of all accounts that a caller may know of. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { underneath } from '../../domain/provider/stages.js';
import { type AuthorizedCaller, authorize, requireOrganization, seesAll } from '../authorization/authorization.js';
import { type Caller, everyOrganization } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { ExceptionOrder, ExceptionRow, ExceptionState } from '../ports/exception-rows.js';
import type { ListPage, PageOf } from '../ports/provider-lists.js';
import type { ReadModels } from '../ports/read-models.js';
import { type Standstill, statusModels, wholenessOf } from '../quarantine/standstill.js';
import { idIn } from '../streams/aggregates.js';
import { setAsideWords } from '../streams/quarantined.js';

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

/** Whose account it is; these are absent while nothing can be read of the provider. */
interface Whose {
  readonly name?: string;
  readonly organization?: string;
  readonly accountId?: string;
}

/** An exception with whose account it is. */
export type ExceptionView = ExceptionRow & Whose;

/** An account whose exceptions the list may lack, since the record of them is set aside. */
export interface ExceptionsSetAside extends Whose {
  readonly providerId: string;
  /** ISO time. */
  readonly since: string;
  readonly words: string;
}

/** A page of exceptions, with what keeps it from holding all. */
export interface ExceptionsPage extends ListPage<ExceptionView> {
  readonly standstill?: Standstill;
  readonly setAside?: readonly ExceptionsSetAside[];
}

export class ListExceptions extends Query<ExceptionsPage> {
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

  async execute({ list, ...sent }: ListExceptions): Promise<ExceptionsPage> {
    const caller = authorize('listExceptions', sent.caller);
    const { organization, state, endingBy, sort = 'until', order, ...page } = list;
    if (organization !== undefined) requireOrganization(caller, organization);
    const { readModels, clock } = this.on;
    const wholeness = wholenessOf(readModels, seesAll(caller), exceptionModels);
    const organizations = organization === undefined ? organizationsOf(caller) : [organization];
    const accounts = accountsIn(readModels);
    const { items, ...rest } = readModels.exceptions({
      ...page,
      ...{ sort, state, endingBy, organizations, descending: order === 'desc' },
      now: new Date(clock.now()).toISOString(),
    });
    const setAside = setAsideIn(readModels, organizations);
    return {
      items: items.map((row) => ({ ...accounts(row.providerId), ...row })),
      ...rest,
      ...wholeness,
      ...(setAside.length > 0 && { setAside }),
    };
  }
}

/** The organizations that a caller may know of; undefined for all of them. */
const organizationsOf = (caller: AuthorizedCaller): readonly string[] | undefined =>
  seesAll(caller) || caller.within.includes(everyOrganization) ? undefined : caller.within;

/** Whose exceptions may be lacking; of one whose organization cannot be read, those alone hear who may know of all. */
function setAsideIn(
  readModels: Pick<ReadModels, 'provider' | 'setAside'>,
  organizations: readonly string[] | undefined,
): readonly ExceptionsSetAside[] {
  return readModels.setAside().flatMap(({ stream, since }) => {
    const providerId = idIn('hardening', stream);
    if (providerId === undefined) return [];
    const whose = whoseIs(readModels, providerId);
    const isSeen = organizations === undefined || organizations.includes(whose.organization ?? '');
    return isSeen ? [{ providerId, ...whose, since, words: setAsideWords }] : [];
  });
}

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
