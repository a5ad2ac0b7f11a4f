/** A halt in plain words: what happened, who must act, what support wants to know, and Resume. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { resumeProvider } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import type { Halt, Status } from '../../api/types.js';
import { administers, has, usePerson } from '../../auth/person.js';
import { aboutProvider } from '../../live/use-provider.js';
import { Moment } from '../../shell/moment.js';
import { ProblemAlert } from '../../shell/problem.js';
import { useCommand } from '../../shell/use-command.js';
import { providerText as text } from '../../text/provider.js';
import { FailedCallView } from './failed-call.js';

function Words({ halt, isOperator }: { readonly halt: Halt; readonly isOperator: boolean }) {
  const mustAct =
    isOperator && halt.whoMustAct === 'operator' ? text.mustActForOperator : text.mustAct[halt.whoMustAct];
  return (
    <SpaceBetween size="xs">
      <Box color="inherit">{halt.words}</Box>
      <Box color="inherit" fontWeight="bold">
        {mustAct}
      </Box>
      <Box color="inherit" fontSize="body-s">
        {halt.reason}, <Moment at={halt.haltedAt} />
      </Box>
      {halt.call && (
        <ExpandableSection headerText={text.failedCall}>
          <FailedCallView call={halt.call} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

export function HaltedPart({ status }: { readonly status: Status }) {
  const person = usePerson();
  const { run, running, failed } = useCommand(aboutProvider(status.id), text.resumed);
  const { halt, id } = status;
  if (!halt) return null;
  const title = status.steps.find(({ step }) => step === halt.step)?.title ?? halt.step;
  const isOperator = has(person, 'operator', 'auditor');
  const mayResume = has(person, 'operator') || administers(person, status.organization);
  const resume = (headers: { 'Idempotency-Key': string }) => asked(resumeProvider({ path: { id }, headers }), 'id');
  return (
    <SpaceBetween size="s">
      <Alert
        type="error"
        header={text.halted(title)}
        action={
          mayResume && (
            <Button loading={running} onClick={() => run(resume)}>
              {text.resume}
            </Button>
          )
        }
      >
        <Words halt={halt} isOperator={isOperator} />
      </Alert>
      {failed && <ProblemAlert error={failed} />}
    </SpaceBetween>
  );
}
