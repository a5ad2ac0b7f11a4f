/** Narrows the list: by how exceptions stand, and by when they end. */
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { exceptionsText as text } from '../../text/exceptions.js';
import { type Filters, isShown, isSpan, spans } from './filters.js';

const always = '';
const shownOptions: readonly SelectProps.Option[] = [
  ...Object.entries(text.states).map(([value, { words }]) => ({ value, label: words })),
  { value: 'all', label: text.anyState },
];
const spanOptions: readonly SelectProps.Option[] = [
  { value: always, label: text.anyEnd },
  ...spans.map((value) => ({ value, label: text.endsWithin(Number(value)) })),
];

const chosen = (options: readonly SelectProps.Option[], value: string): SelectProps.Option | null =>
  options.find((option) => option.value === value) ?? null;

interface Bar {
  readonly filters: Filters;
  readonly change: (filters: Filters) => void;
}

export const FilterBar = ({ filters, change }: Bar) => (
  <SpaceBetween size="xs" direction="horizontal">
    <Select
      ariaLabel={text.state}
      options={shownOptions}
      selectedOption={chosen(shownOptions, filters.shown)}
      onChange={({ detail: { selectedOption } }) =>
        isShown(selectedOption.value) && change({ ...filters, shown: selectedOption.value })
      }
    />
    <Select
      ariaLabel={text.end}
      options={spanOptions}
      selectedOption={chosen(spanOptions, filters.within ?? always)}
      onChange={({ detail: { selectedOption } }) =>
        change({ ...filters, within: isSpan(selectedOption.value) ? selectedOption.value : undefined })
      }
    />
  </SpaceBetween>
);
