/** Narrows the list: by the beginning of a name, by stage, by origin. */
import Grid from '@cloudscape-design/components/grid';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { stageChoices } from '../../format/stages.js';
import { SearchField } from '../../shell/search-field.js';
import { providersText as text } from '../../text/providers.js';
import { type Filters, filtersIn, origins } from './filters.js';

interface Bar {
  readonly filters: Filters;
  readonly change: (filters: Filters) => void;
  readonly ofAll: boolean;
}

const any = '';
const stageOptions: readonly SelectProps.Option[] = [{ value: any, label: text.anyStage }, ...stageChoices];
const originOptions: readonly SelectProps.Option[] = [
  { value: any, label: text.anyOrigin },
  ...origins.map((value) => ({ value, label: text.origins[value] ?? value })),
];

const chosen = (options: readonly SelectProps.Option[], value: string | undefined): SelectProps.Option | null =>
  options.find((option) => option.value === (value ?? any)) ?? null;

export function FilterBar({ filters, change, ofAll }: Bar) {
  const search = ofAll ? text.searchForAll : text.search;
  const narrow = (member: 'stage' | 'origin', value: string | undefined): void =>
    change({ ...filters, [member]: filtersIn(new URLSearchParams({ [member]: value ?? any }))[member] });
  return (
    <Grid
      gridDefinition={[
        { colspan: { default: 12, xs: 6 } },
        { colspan: { default: 6, xs: 3 } },
        { colspan: { default: 6, xs: 3 } },
      ]}
    >
      <SearchField value={filters.name} label={search} change={(name) => change({ ...filters, name })} />
      <Select
        ariaLabel={text.stage}
        options={stageOptions}
        selectedOption={chosen(stageOptions, filters.stage)}
        onChange={({ detail }) => narrow('stage', detail.selectedOption.value)}
      />
      <Select
        ariaLabel={text.origin}
        options={originOptions}
        selectedOption={chosen(originOptions, filters.origin)}
        onChange={({ detail }) => narrow('origin', detail.selectedOption.value)}
      />
    </Grid>
  );
}
