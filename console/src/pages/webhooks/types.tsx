/** What a webhook is to tell of: everything, or chosen types. */
import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { typeGroups, type WebhookAsked } from '../../format/webhooks.js';
import { webhooksText as text } from '../../text/webhooks.js';

interface Choice extends Pick<WebhookAsked, 'everything' | 'types'> {
  readonly ofAll: boolean;
  readonly wrong: string | undefined;
  readonly change: (part: Partial<WebhookAsked>) => void;
}

const ways = [
  { value: 'everything', label: text.everything, description: text.everythingWords },
  { value: 'chosen', label: text.chosen, description: text.chosenWords },
];

export function TypesField({ everything, types, ofAll, wrong, change }: Choice) {
  const groups = typeGroups(ofAll);
  const selected = groups.flatMap(({ options }) => options).filter(({ value }) => types.includes(value));
  return (
    <SpaceBetween size="m">
      <FormField label={text.types} description={text.typesWords}>
        <RadioGroup
          value={everything ? 'everything' : 'chosen'}
          items={ways}
          onChange={({ detail }) => change({ everything: detail.value === 'everything' })}
        />
      </FormField>
      {!everything && (
        <FormField label={text.choose} errorText={wrong}>
          <Multiselect
            placeholder={text.choose}
            filteringType="auto"
            empty={text.noMatch}
            options={groups}
            selectedOptions={selected}
            deselectAriaLabel={({ label = '' }) => text.removeType(label)}
            onChange={({ detail }) => change({ types: detail.selectedOptions.map(({ value = '' }) => value) })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
