/** The facts of a provider, the newest first. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import type { Fact } from '../../../api/types.js';
import { usePerson } from '../../../auth/person.js';
import { doerText, type FactKind, factKind, factText } from '../../../format/facts.js';
import { chosenFacts, type FactFilter } from '../../../format/history.js';
import type { Connection } from '../../../live/follow.js';
import { Code } from '../../../shell/code.js';
import { Moment } from '../../../shell/moment.js';
import { historyText as text } from '../../../text/history.js';

const pageSize = 25;
const kinds = Object.entries(text.kinds).map(([value, label]) => ({ value, label }));

const lookOf = (fact: Fact): StatusIndicatorProps.Type => {
  if (fact.type === 'ProvisioningHalted' || fact.type === 'AccessRefused') return 'error';
  return factKind(fact) === 'trouble' ? 'warning' : 'success';
};

function stepOf(fact: Fact, reader: string): StepsProps.Step {
  return {
    status: lookOf(fact),
    statusIconAriaLabel: fact.type,
    header: factText(fact),
    details: (
      <SpaceBetween size="xxs">
        <Box variant="small" color="text-body-secondary">
          <Moment at={fact.at} /> {text.by(doerText(fact, reader))} · {fact.type}
        </Box>
        <ExpandableSection headerText={text.json}>
          <Code text={JSON.stringify(fact, null, 2)} label={`${text.json}: ${fact.type}`} />
        </ExpandableSection>
      </SpaceBetween>
    ),
  };
}

function Filters({ filter, change }: { readonly filter: FactFilter; readonly change: (filter: FactFilter) => void }) {
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, xs: 6 } }, { colspan: { default: 12, xs: 6 } }]}>
      <TextFilter
        filteringText={filter.words}
        filteringPlaceholder={text.find}
        filteringAriaLabel={text.find}
        filteringClearAriaLabel={text.clear}
        onChange={({ detail }) => change({ ...filter, words: detail.filteringText })}
      />
      <Multiselect
        ariaLabel={text.chooseKinds}
        placeholder={text.anyKind}
        options={kinds}
        selectedOptions={kinds.filter(({ value }) => filter.kinds.includes(value as FactKind))}
        onChange={({ detail }) =>
          change({ ...filter, kinds: detail.selectedOptions.map(({ value }) => value as FactKind) })
        }
      />
    </Grid>
  );
}

/** Why there is nothing to show. */
function Nothing({ facts, connection }: Told) {
  const unread = connection === 'lost' || connection === 'over' ? text.notRead : text.loading;
  return <Box color="text-body-secondary">{facts.length === 0 ? unread : text.none}</Box>;
}

interface Told {
  readonly facts: readonly Fact[];
  readonly connection: Connection;
}

export function Timeline({ facts, connection }: Told) {
  const { subject } = usePerson();
  const [filter, setFilter] = useState<FactFilter>({ kinds: [], words: '' });
  const [most, setMost] = useState(pageSize);
  const chosen = chosenFacts(facts, filter);
  return (
    <Container
      header={
        <Header variant="h2" description={text.words} counter={text.shown(chosen.length, facts.length)}>
          {text.title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Filters filter={filter} change={setFilter} />
        {chosen.length === 0 && <Nothing facts={facts} connection={connection} />}
        {chosen.length > 0 && (
          <Steps ariaLabel={text.title} steps={chosen.slice(0, most).map((fact) => stepOf(fact, subject))} />
        )}
        {chosen.length > most && <Button onClick={() => setMost(most + pageSize)}>{text.more}</Button>}
      </SpaceBetween>
    </Container>
  );
}
