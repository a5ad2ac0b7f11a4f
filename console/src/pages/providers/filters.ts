/** What the list is narrowed to and in order of; it stands in the address, so that it can be sent to somebody. */
import { useSearchParams } from 'react-router';
import { isStage, type StageName } from '../../format/stages.js';

export interface Filters {
  readonly name: string;
  readonly stage: StageName | undefined;
  readonly origin: Origin | undefined;
  readonly sort: Sort;
  readonly descending: boolean;
}

export const origins = ['new', 'migrated', 'existing'] as const;
export type Origin = (typeof origins)[number];

/** The members of a status that the service sorts by. */
const sorts = ['requestedAt', 'changedAt', 'name', 'stage'] as const;
export type Sort = (typeof sorts)[number];

const isOrigin = (value: string | null): value is Origin => origins.some((origin) => origin === value);
export const isSort = (value: string | null | undefined): value is Sort => sorts.some((sort) => sort === value);

const usualSort = 'requestedAt';
/** Times begin with the latest, words with the first. */
const isUsuallyDescending = (sort: Sort): boolean => sort.endsWith('At');

export function filtersIn(params: URLSearchParams): Filters {
  const [stage, origin, asked] = [params.get('stage'), params.get('origin'), params.get('sort')];
  const sort = isSort(asked) ? asked : usualSort;
  const order = params.get('order');
  return {
    name: params.get('name') ?? '',
    stage: isStage(stage) ? stage : undefined,
    origin: isOrigin(origin) ? origin : undefined,
    sort,
    descending: order === null ? isUsuallyDescending(sort) : order === 'desc',
  };
}

export const noFilters = filtersIn(new URLSearchParams());

/** Without what is as it usually is. */
export function paramsOf({ name, stage, origin, sort, descending }: Filters): URLSearchParams {
  const isUsual = sort === usualSort && descending === isUsuallyDescending(sort);
  return new URLSearchParams({
    ...(name === '' ? {} : { name }),
    ...(stage === undefined ? {} : { stage }),
    ...(origin === undefined ? {} : { origin }),
    ...(isUsual ? {} : { sort, order: descending ? 'desc' : 'asc' }),
  });
}

/** Whether some are left out; an order leaves out nobody. */
export const isFiltered = ({ name, stage, origin }: Filters): boolean =>
  name !== '' || stage !== undefined || origin !== undefined;

export function useFilters(): readonly [Filters, (filters: Filters) => void] {
  const [params, setParams] = useSearchParams();
  return [filtersIn(params), (filters) => setParams(paramsOf(filters), { replace: true })];
}
