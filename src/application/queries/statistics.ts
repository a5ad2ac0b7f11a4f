/** What happened over time, for dashboards: requests, accounts, refusals and halts by period, and how long the steps took. */
import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { dayAfter, isDay, type Period, type PeriodName } from '../../domain/periods.js';
import { Refusal } from '../../domain/refusal.js';
import { type AuthorizedCaller, authorize, requireOrganization, seesAll } from '../authorization/authorization.js';
import { type Caller, everyOrganization } from '../authorization/identity.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import { noLoad, roomOf } from '../provisioning/payer-capacity.js';
import { requireFilled } from '../quarantine/standstill.js';
import { type DurationView, durationsOf, type PeriodView, periodViews } from './statistics-views.js';

export interface StatisticsAsked {
  /** Days (UTC), both included. */
  readonly from?: string;
  readonly to?: string;
  readonly by: PeriodName;
  readonly organization?: string;
}

interface PayerRoom {
  readonly id: string;
  readonly freeSlots: number;
  readonly creationsAtOnce: number;
  readonly roomLeft: number;
  readonly accountsAllowed: number;
}

export interface StatisticsView extends Period {
  readonly by: PeriodName;
  /** Missing where all organizations are counted together. */
  readonly organization?: string;
  /** How many providers stand where now. */
  readonly byStage: Readonly<Record<string, number>>;
  readonly periods: readonly PeriodView[];
  readonly durations: readonly DurationView[];
  /** For the reseller's people alone. */
  readonly payers?: readonly PayerRoom[];
}

export class GetStatistics extends Query<StatisticsView> {
  constructor(
    readonly asked: StatisticsAsked,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetStatistics)
export class GetStatisticsHandler implements IQueryHandler<GetStatistics> {
  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ asked, ...sent }: GetStatistics): Promise<StatisticsView> {
    const caller = authorize('readStatistics', sent.caller);
    const organization = whoseOf(asked, caller);
    const { readModels, clock } = this.on;
    const { from, to } = rangeOf(asked, new Date(clock.now()).toISOString().slice(0, 10));
    requireFilled(readModels, seesAll(caller) ? ['statistics', 'payer-load'] : ['statistics']);
    const { byStage, counts, took } = readModels.statistics(organization, from, to);
    return {
      ...{ from, to, by: asked.by },
      ...(organization === undefined ? {} : { organization }),
      byStage,
      periods: periodViews({ from, to }, asked.by, counts),
      durations: durationsOf(took),
      ...(seesAll(caller) ? { payers: this.payers() } : {}),
    };
  }

  private payers(): readonly PayerRoom[] {
    const loads = this.on.readModels.loads();
    return this.on.settings.payers.map((payer) => {
      const { id, creationsAtOnce, accountsAllowed } = payer;
      const { freeSlots, roomLeft } = roomOf(payer, loads[id] ?? noLoad);
      return { id, freeSlots, creationsAtOnce, roomLeft, accountsAllowed };
    });
  }
}

/**
 * Customers read what is their own; the reseller's people read all together unless they name an organization, and a
 * service that works for several names one of them.
 */
function whoseOf({ organization }: StatisticsAsked, caller: AuthorizedCaller): string | undefined {
  if (organization !== undefined) requireOrganization(caller, organization);
  if (organization !== undefined || seesAll(caller)) return organization;
  const [only = everyOrganization, ...others] = caller.within;
  if (only === everyOrganization || others.length > 0) throw unnamed;
  return only;
}

const unnamed = new Refusal('invalid', 'organization: say whose statistics these are to be.', [
  { field: 'organization', problem: 'is missing', allowed: 'an organization that your token names' },
]);

const usualDays = 30;
const mostPeriods = 400;

function rangeOf({ from, to, by }: StatisticsAsked, today: string): Period {
  const last = to ?? today;
  for (const [field, day] of Object.entries({ from, to }))
    if (day !== undefined && !isDay(day)) throw noDay(field, day);
  const first = from ?? dayAfter(last, 1 - usualDays);
  const words = first > last ? `lies after ${last}` : tooMany(first, last, by);
  if (words === undefined) return { from: first, to: last };
  const wrong = {
    field: 'from',
    problem: words,
    allowed: `a day up to \`to\`, at most ${mostPeriods} periods before it`,
  };
  throw new Refusal('invalid', `from ${words}.`, [wrong]);
}

const daysIn = { day: 1, week: 7, month: 31 } as const satisfies Record<PeriodName, number>;

const tooMany = (from: string, to: string, by: PeriodName): string | undefined =>
  dayAfter(from, mostPeriods * daysIn[by]) <= to
    ? `is more than ${mostPeriods} periods (${by}) before ${to}`
    : undefined;

const noDay = (field: string, day: string): Refusal =>
  new Refusal('invalid', `${field}: there is no day ${day}.`, [
    { field, problem: `is ${JSON.stringify(day)}`, allowed: 'a day such as 2026-11-24' },
  ]);
