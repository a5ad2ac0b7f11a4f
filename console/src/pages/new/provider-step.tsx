/** The first step: a name, the territory, and one of the three options. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Tiles from '@cloudscape-design/components/tiles';
import { useDeferredValue } from 'react';
import type { Option } from '../../api/types.js';
import { newText as text } from '../../text/new.js';
import { useNamesLike } from './catalogue.js';
import { isTaken, type Mistakes } from './checks.js';
import type { Draft } from './draft.js';

interface Step {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly organization: string;
  readonly territories: readonly { readonly code: string; readonly name: string }[];
  /** Nothing until the service has said. */
  readonly options: readonly Option[] | undefined;
  readonly contact: string | undefined;
  /** Shown once the reader wants to go on. */
  readonly mistakes: Mistakes;
}

function NameField({ draft, change, organization, mistakes }: Step) {
  const name = useDeferredValue(draft.name.trim());
  const { data: others = [] } = useNamesLike(organization, name.length > 64 ? '' : name);
  return (
    <FormField
      label={text.name}
      description={text.nameWords}
      constraintText={text.nameLimits}
      errorText={mistakes.name}
      warningText={isTaken(name, others) ? text.nameTaken : undefined}
    >
      <Input
        value={draft.name}
        autoFocus
        autoComplete={false}
        spellcheck={false}
        onChange={({ detail }) => change({ name: detail.value })}
      />
    </FormField>
  );
}

function TerritoryField({ draft, change, territories, mistakes }: Step) {
  const options = territories.map(({ code, name }) => ({ value: code, label: name, description: code }));
  return (
    <FormField label={text.territory} description={text.territoryWords} errorText={mistakes.territory}>
      <Select
        options={options}
        placeholder={text.territoryChoose}
        selectedOption={options.find(({ value }) => value === draft.territory) ?? null}
        onChange={({ detail }) => change({ territory: detail.selectedOption.value, accepted: {} })}
      />
    </FormField>
  );
}

/** Why the others are not offered, in a text of its own: what is disabled is drawn too faintly to be read. */
function NotOffered({ options }: { readonly options: readonly Option[] }) {
  const others = options.filter(({ offered }) => !offered);
  if (others.length === 0) return null;
  return (
    <Box fontSize="body-s" padding={{ top: 'xs' }}>
      <Box variant="strong" fontSize="body-s">
        {text.notOffered}
      </Box>
      {others.map(({ origin, title, reasons }) => (
        <div key={origin}>
          {title}: {reasons.map(({ words }) => words).join(' ')}
        </div>
      ))}
    </Box>
  );
}

const OptionField = ({ draft, change, options, mistakes }: Step) => (
  <FormField label={text.option} errorText={mistakes.origin} stretch>
    {options ? (
      <>
        <Tiles
          columns={1}
          value={draft.origin ?? null}
          items={options.map((option) => ({
            value: option.origin,
            label: option.title,
            description: text.descriptions[option.origin],
            disabled: !option.offered,
          }))}
          onChange={({ detail }) => change({ origin: detail.value })}
        />
        <NotOffered options={options} />
      </>
    ) : (
      <StatusIndicator type={draft.territory === undefined ? 'pending' : 'loading'}>
        {draft.territory === undefined ? text.territoryFirst : text.optionsLoading}
      </StatusIndicator>
    )}
  </FormField>
);

function Ineligible({ options, contact }: Step) {
  const fresh = options?.find(({ origin }) => origin === 'new');
  if (!fresh || fresh.offered) return null;
  return (
    <Alert type="warning" header={text.ineligible}>
      {fresh.reasons.map(({ reason, words }) => (
        <div key={reason}>{words}</div>
      ))}
      {contact && (
        <div>
          {text.ineligibleContact}{' '}
          <Link external href={contact}>
            {contact}
          </Link>
        </div>
      )}
    </Alert>
  );
}

export const ProviderStep = (step: Step) => (
  <Container>
    <SpaceBetween size="l">
      <Ineligible {...step} />
      <NameField {...step} />
      <TerritoryField {...step} />
      <OptionField {...step} />
    </SpaceBetween>
  </Container>
);
