/** What will happen: whether and when it begins, how long it takes, what it costs, what stays withheld, what changes at AWS. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import TextContent from '@cloudscape-design/components/text-content';
import type { Prospect, WhatIf } from '../../../../src/client/generated/types.gen.js';
import { durationText } from '../../format/duration.js';
import { useSettings } from '../../settings.js';
import { ProblemAlert } from '../../shell/problem.js';
import { newText as text } from '../../text/new.js';
import type { Draft } from './draft.js';
import { useForecast } from './forecast.js';

const Bullets = ({ items }: { readonly items: readonly string[] }) => (
  <TextContent>
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  </TextContent>
);

/** Why the organization would be refused, before it asks. */
function Refused({ reasons }: Pick<WhatIf, 'reasons'>) {
  const { reseller } = useSettings();
  return (
    <Alert type="error" header={text.ineligible}>
      <Bullets items={reasons.map(({ words }) => words)} />
      {text.ineligibleContact}{' '}
      <Link external href={reseller.contact}>
        {reseller.contact}
      </Link>
    </Alert>
  );
}

function Beginning({ prospect, isPending }: { readonly prospect: Prospect | undefined; readonly isPending: boolean }) {
  if (isPending) return <StatusIndicator type="loading">{text.forecasting}</StatusIndicator>;
  if (!prospect) return text.notKnown;
  const { slotFree, queue, waitsFor } = prospect;
  if (slotFree) return <StatusIndicator type="success">{text.slotFree}</StatusIndicator>;
  return (
    <>
      <StatusIndicator type="pending">{text.place(queue.position, queue.ahead)}</StatusIndicator>
      {waitsFor && <div>{waitsFor.words}</div>}
    </>
  );
}

const expectedOf = (prospect: Prospect | undefined): string => {
  const { fromSeconds, toSeconds } = prospect?.etaRange ?? {};
  if (fromSeconds === undefined || toSeconds === undefined) return text.expectedWords;
  return text.expectedRange(durationText(fromSeconds * 1_000), durationText(toSeconds * 1_000));
};

const CallsAtAws = ({ steps }: Pick<Prospect, 'steps'>) => (
  <ExpandableSection headerText={text.atAws}>
    <KeyValuePairs
      columns={2}
      items={steps
        .filter(({ calls }) => calls.length > 0)
        .map(({ title, calls }) => ({ label: title, value: calls.map((call) => <div key={call}>{call}</div>) }))}
    />
  </ExpandableSection>
);

export function Consequences({ organization, draft }: { readonly organization: string; readonly draft: Draft }) {
  const { reseller } = useSettings();
  const { data, error, isPending, refetch } = useForecast(organization, draft);
  const prospect = data?.prospect;
  return (
    <Container header={<Header variant="h2">{text.whatHappens}</Header>}>
      <SpaceBetween size="m">
        {error && <ProblemAlert error={error} again={() => refetch()} />}
        {data && data.reasons.length > 0 && <Refused reasons={data.reasons} />}
        <Bullets items={text.happens(reseller.name)} />
        <KeyValuePairs
          columns={3}
          items={[
            { label: text.beginning, value: <Beginning prospect={prospect} isPending={isPending} /> },
            { label: text.expected, value: expectedOf(prospect) },
            { label: text.charges, value: text.chargesWords(reseller.name) },
          ]}
        />
        <Box>
          <Box variant="awsui-key-label">{text.withheld}</Box>
          <Bullets items={text.withheldWords(reseller.name)} />
        </Box>
        {prospect && <CallsAtAws steps={prospect.steps} />}
      </SpaceBetween>
    </Container>
  );
}
