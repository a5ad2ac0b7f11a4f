/** What the list is narrowed to; it stands in the address, so that it can be sent to somebody. */
import { useSearchParams } from 'react-router';
import { isStage, type StageName } from '../../format/stages.js';

export interface Filters {
  readonly name: string;
  readonly stage: StageName | undefined;
  readonly origin: Origin | undefined;
}

export const origins = ['new', 'migrated', 'existing'] as const;
export type Origin = (typeof origins)[number];

const isOrigin = (value: string | null): value is Origin => origins.some((origin) => origin === value);

export function filtersIn(params: URLSearchParams): Filters {
  const [stage, origin] = [params.get('stage'), params.get('origin')];
  return {
    name: params.get('name') ?? '',
    stage: isStage(stage) ? stage : undefined,
    origin: isOrigin(origin) ? origin : undefined,
  };
}

/** Without what is not set. */
export function paramsOf({ name, stage, origin }: Filters): URLSearchParams {
  return new URLSearchParams({
    ...(name === '' ? {} : { name }),
    ...(stage === undefined ? {} : { stage }),
    ...(origin === undefined ? {} : { origin }),
  });
}

export const isFiltered = ({ name, stage, origin }: Filters): boolean =>
  name !== '' || stage !== undefined || origin !== undefined;

export function useFilters(): readonly [Filters, (filters: Filters) => void] {
  const [params, setParams] = useSearchParams();
  return [filtersIn(params), (filters) => setParams(paramsOf(filters), { replace: true })];
}
