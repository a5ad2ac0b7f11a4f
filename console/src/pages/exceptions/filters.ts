/** What the list of exceptions is narrowed to and in order of; it stands in the address, so that it can be sent to somebody. */
import { useSearchParams } from 'react-router';
import { exceptionsText as text } from '../../text/exceptions.js';

export type State = keyof typeof text.states;
/** Which of them are shown: those in force, unless somebody wants others. */
export type Shown = State | 'all';

/** What the service sorts by. */
const sorts = ['until', 'owner', 'reason', 'grantedAt'] as const;
export type Sort = (typeof sorts)[number];

/** Whether the service sorts by this; what stands in an address may be anything. */
export const isSort = (value: string | null | undefined): value is Sort => sorts.some((sort) => sort === value);

/** Ends within so many days; nothing for whenever it ends. */
export const spans = ['7', '30', '90'] as const;
export type Span = (typeof spans)[number];

export interface Filters {
  readonly shown: Shown;
  readonly within: Span | undefined;
  readonly sort: Sort;
  readonly descending: boolean;
}

const usual: Filters = { shown: 'in-force', within: undefined, sort: 'until', descending: false };

/** Whether this is one of the choices of what is shown. */
export const isShown = (value: string | null | undefined): value is Shown =>
  value === 'all' || (value !== null && value !== undefined && Object.hasOwn(text.states, value));

/** Whether this is one of the choices of when an exception ends. */
export const isSpan = (value: string | null | undefined): value is Span => spans.some((span) => span === value);

function filtersIn(params: URLSearchParams): Filters {
  const [shown, within, sort] = [params.get('state'), params.get('within'), params.get('sort')];
  return {
    shown: isShown(shown) ? shown : usual.shown,
    within: isSpan(within) ? within : usual.within,
    sort: isSort(sort) ? sort : usual.sort,
    descending: params.get('order') === 'desc',
  };
}

/** Without what is as it usually is. */
export const paramsOf = ({ shown, within, sort, descending }: Filters): URLSearchParams =>
  new URLSearchParams({
    ...(shown === usual.shown ? {} : { state: shown }),
    ...(within === undefined ? {} : { within }),
    ...(sort === usual.sort ? {} : { sort }),
    ...(descending ? { order: 'desc' } : {}),
  });

/** The filters that stand in the address, and how to put others there in their place. */
export function useFilters(): readonly [Filters, (filters: Filters) => void] {
  const [params, setParams] = useSearchParams();
  return [filtersIn(params), (filters) => setParams(paramsOf(filters), { replace: true })];
}
