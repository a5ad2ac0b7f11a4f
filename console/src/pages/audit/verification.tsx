/** Verifies the whole log when it is asked to, and says what came of it. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMutation } from '@tanstack/react-query';
import { verifyLog } from '../../../../src/client/generated/sdk.gen.js';
import type { Verification } from '../../../../src/client/generated/types.gen.js';
import { asked } from '../../api/asked.js';
import { Copyable, ProblemAlert } from '../../shell/problem.js';
import { auditText as text } from '../../text/audit.js';

function Findings({ findings }: Pick<Verification, 'findings'>) {
  if (findings.length === 0) return null;
  return (
    <Alert type="error" header={text.findings}>
      {findings.map(({ check, position, words }) => (
        <div key={`${check} ${position} ${words}`}>
          {check}
          {position === undefined ? '' : ` ${position}`}: {words}
        </div>
      ))}
    </Alert>
  );
}

function Verdict({ verdict, events, root, head, firstBad, findings }: Verification) {
  const { look, words } = text.verdicts[verdict];
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={2}
        items={[
          { label: text.verdict, value: <StatusIndicator type={look}>{words}</StatusIndicator> },
          { label: text.events, value: events },
          { label: text.root, value: <Copyable text={root} label={text.root} /> },
          { label: text.head, value: head ? text.headOf(head.size, head.signature) : text.noHead },
          ...(firstBad === undefined ? [] : [{ label: text.firstBad, value: firstBad }]),
        ]}
      />
      <Findings findings={findings} />
    </SpaceBetween>
  );
}

export function VerificationPart() {
  const verification = useMutation({ mutationFn: () => asked(verifyLog({ body: {} }), 'verdict', 'findings') });
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={text.verificationWords}
          actions={
            <Button loading={verification.isPending} onClick={() => verification.mutate()}>
              {text.verify}
            </Button>
          }
        >
          {text.verification}
        </Header>
      }
    >
      {verification.error && <ProblemAlert error={verification.error} />}
      {verification.data && <Verdict {...verification.data} />}
    </Container>
  );
}
