/** The steps to the credentials, as they go: what is done and how long it took, what runs, what it waits for. */
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import type { ReactNode } from 'react';
import type { Status, Step } from '../../api/types.js';
import { has, usePerson } from '../../auth/person.js';
import { type Phase, phasesOf, timeTaken } from '../../format/progress.js';
import { Moment } from '../../shell/moment.js';
import { providerText as text } from '../../text/provider.js';
import { FailedCallView } from './failed-call.js';

const looks: Readonly<Record<Step['state'], StatusIndicatorProps.Type>> = {
  pending: 'pending',
  running: 'in-progress',
  waiting: 'in-progress',
  done: 'success',
  halted: 'error',
};

/** How often a step was tried is told where it was more than once; that nobody knows, to those who look into what it waits for. */
function Attempts({ step: { step, state, attempts } }: { readonly step: Step }) {
  const looksInto = has(usePerson(), 'operator', 'auditor');
  const isUnknown = attempts === undefined && state === 'waiting' && step !== 'AssignPayer';
  if (attempts !== undefined && attempts > 1) return <Small>{text.attempts(attempts)}</Small>;
  return looksInto && isUnknown ? <Small>{text.attemptsUnknown}</Small> : null;
}

const Small = ({ children }: { readonly children: ReactNode }) => (
  <Box variant="small" color="text-body-secondary">
    {children}
  </Box>
);

function Details({ step, status, now }: { readonly step: Step; readonly status: Status; readonly now: number }) {
  const time = timeTaken(step, now);
  const waits = step.state === 'waiting' || step.state === 'running';
  const queued = step.step === 'AssignPayer' && waits && status.queue;
  return (
    <SpaceBetween size="xxs">
      {time !== undefined && <Small>{step.state === 'done' ? text.took(time) : text.takes(time)}</Small>}
      <Attempts step={step} />
      {queued && <Box variant="small">{text.queue(queued.position, queued.ahead)}</Box>}
      {step.waitsFor && !queued && <Box variant="small">{step.waitsFor}</Box>}
      {step.call && (
        <ExpandableSection headerText={text.failedCall}>
          <FailedCallView call={step.call} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

const drawn = (step: Step, status: Status, now: number): StepsProps.Step => ({
  status: looks[step.state],
  statusIconAriaLabel: text.states[step.state],
  header: step.title,
  details: <Details step={step} status={status} now={now} />,
});

/** What a person did before the service began. */
function requestSteps(status: Status): StepsProps.Step[] {
  const accepted = status.steps.find(({ step }) => step === 'AssignPayer')?.startedAt;
  return [
    {
      status: 'success',
      statusIconAriaLabel: text.states.done,
      header: text.requestedStep,
      details: (
        <Box variant="small" color="text-body-secondary">
          <Moment at={status.requestedAt} />
        </Box>
      ),
    },
    {
      status: accepted ? 'success' : 'pending',
      statusIconAriaLabel: accepted ? text.states.done : text.states.pending,
      header: accepted ? text.termsDone : text.termsStep,
      details: accepted && (
        <Box variant="small" color="text-body-secondary">
          <Moment at={accepted} />
        </Box>
      ),
    },
  ];
}

interface Drawn {
  readonly name: keyof typeof text.phases;
  readonly steps: StepsProps.Step[];
}

/** Side by side where there is room. */
export function ProgressSteps({ status, now }: { readonly status: Status; readonly now: number }) {
  const own = ({ name, steps }: Phase): Drawn => ({ name, steps: steps.map((step) => drawn(step, status, now)) });
  const phases: Drawn[] = [{ name: 'request', steps: requestSteps(status) }, ...phasesOf(status).map(own)];
  return (
    <ColumnLayout columns={2} variant="text-grid">
      {phases.map(({ name, steps }) => (
        <Box key={name}>
          <Box variant="h3" padding={{ bottom: 'xs' }}>
            {text.phases[name]}
          </Box>
          <Steps steps={steps} ariaLabel={text.phases[name]} />
        </Box>
      ))}
    </ColumnLayout>
  );
}

/** What keeps nobody waiting. */
export const LaterSteps = ({ steps, now }: { readonly steps: readonly Step[]; readonly now: number }) => (
  <SpaceBetween size="xs">
    {steps.map((step) => (
      <div key={step.step}>
        <StatusIndicator type={looks[step.state]}>{step.title}</StatusIndicator>{' '}
        <Box variant="small" color="text-body-secondary" display="inline">
          {step.waitsFor ?? timeTaken(step, now) ?? ''}
        </Box>
      </div>
    ))}
  </SpaceBetween>
);
