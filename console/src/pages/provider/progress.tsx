/** How far the account is, how long it takes yet, and its steps. */
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Status } from '../../api/types.js';
import { aboutText } from '../../format/duration.js';
import { progressOf, stepsAfterwards, totalTime } from '../../format/progress.js';
import { useNow } from '../../shell/moment.js';
import { providerText as text } from '../../text/provider.js';
import { LaterSteps, ProgressSteps } from './steps.js';

const titleOf = ({ steps, halt }: Status): string =>
  steps.find(({ step }) => step === halt?.step)?.title ?? halt?.step ?? '';

const isMoving = ({ stage }: Status): boolean =>
  !['active', 'refused', 'withdrawn', 'halted', 'requested'].includes(stage);

function Bar({ status, now }: { readonly status: Status; readonly now: number }) {
  const { done, all, percent } = progressOf(status);
  const time = totalTime(status, now);
  const guess = status.etaSeconds === undefined ? '' : `${text.left(aboutText(status.etaSeconds))}, `;
  return (
    <ProgressBar
      value={percent}
      label={text.progressOf(done, all)}
      additionalInfo={isMoving(status) ? `${guess}${text.soFar(time)}` : undefined}
      status={status.stage === 'halted' ? 'error' : 'in-progress'}
      resultText={text.halted(titleOf(status))}
    />
  );
}

/** While it is made, everything is open; afterwards the steps fold away. */
export function ProgressPart({ status }: { readonly status: Status }) {
  const now = useNow(isMoving(status) || stepsAfterwards(status).some(({ state }) => state === 'running'));
  const later = stepsAfterwards(status);
  const isActive = status.stage === 'active';
  return (
    <SpaceBetween size="l">
      {isActive ? (
        <ExpandableSection
          variant="container"
          headerText={text.progress}
          headerDescription={text.tookAll(totalTime(status, now))}
        >
          <ProgressSteps status={status} now={now} />
        </ExpandableSection>
      ) : (
        <Container header={<Header variant="h2">{text.progress}</Header>}>
          <SpaceBetween size="l">
            <Bar status={status} now={now} />
            <ProgressSteps status={status} now={now} />
          </SpaceBetween>
        </Container>
      )}
      {isActive && later.length > 0 && (
        <Container
          header={
            <Header variant="h2" description={text.afterwardsWords}>
              {text.afterwards}
            </Header>
          }
        >
          <LaterSteps steps={later} now={now} />
        </Container>
      )}
    </SpaceBetween>
  );
}
