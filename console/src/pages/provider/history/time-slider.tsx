/** The provider as it was: a slider over its facts, each of them a moment that the service can tell of. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Slider from '@cloudscape-design/components/slider';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSearchParams } from 'react-router';
import type { Fact, Status } from '../../../api/types.js';
import { factText } from '../../../format/facts.js';
import { useStatus } from '../../../live/use-provider.js';
import { Moment } from '../../../shell/moment.js';
import { ProblemAlert } from '../../../shell/problem.js';
import { Waiting } from '../../../shell/waiting.js';
import { historyText as text } from '../../../text/history.js';
import { Pairs } from '../details.js';
import { ProgressSteps } from '../steps.js';

/** Steps that ran then are shown with the time that they took till then. */
const Then = ({ status, at }: { readonly status: Status; readonly at: string }) => (
  <SpaceBetween size="l">
    <Pairs status={status} />
    {status.halt && <Box color="text-status-error">{status.halt.words}</Box>}
    <ExpandableSection headerText={text.steps}>
      <ProgressSteps status={status} now={Date.parse(at)} />
    </ExpandableSection>
  </SpaceBetween>
);

function AsItWas({ id, fact }: { readonly id: string; readonly fact: Fact }) {
  const { data, error, refetch } = useStatus(id, fact.position);
  if (error) return <ProblemAlert error={error} again={() => refetch()} />;
  return data ? <Then status={data} at={fact.at} /> : <Waiting />;
}

/** Which fact is looked at stands in the address. */
function useMoment(facts: readonly Fact[]) {
  const [params, setParams] = useSearchParams();
  const wanted = facts.findIndex(({ position }) => position === params.get('at'));
  const index = wanted < 0 ? facts.length - 1 : wanted;
  const go = (to: number): void => {
    const position = facts[to]?.position;
    setParams(position === undefined || to === facts.length - 1 ? {} : { at: position }, { replace: true });
  };
  return { index, go };
}

export function TimeSlider({ id, facts }: { readonly id: string; readonly facts: readonly Fact[] }) {
  const { index, go } = useMoment(facts);
  const fact = facts[index];
  if (!fact || facts.length < 2) return null;
  const last = facts.length - 1;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={text.timeWords}
          actions={
            <SpaceBetween size="xs" direction="horizontal">
              <Button
                iconName="angle-left"
                ariaLabel={text.earlier}
                disabled={index === 0}
                onClick={() => go(index - 1)}
              />
              <Button
                iconName="angle-right"
                ariaLabel={text.later}
                disabled={index === last}
                onClick={() => go(index + 1)}
              />
              <Button disabled={index === last} onClick={() => go(last)}>
                {text.now}
              </Button>
            </SpaceBetween>
          }
        >
          {text.timeTitle}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FormField label={text.after(index + 1, facts.length)} description={factText(fact)} stretch>
          <Slider
            min={0}
            max={last}
            value={index}
            ariaLabel={text.slider}
            hideFillLine
            valueFormatter={(value) => String(value + 1)}
            onChange={({ detail }) => go(detail.value)}
          />
        </FormField>
        <Box variant="small" color="text-body-secondary">
          <Moment at={fact.at} />
        </Box>
        <AsItWas id={id} fact={fact} />
      </SpaceBetween>
    </Container>
  );
}
