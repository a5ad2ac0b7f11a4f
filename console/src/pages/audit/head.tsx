/** The head of the log that was signed last, to be kept elsewhere. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { readHead } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import { asProblem } from '../../api/problem.js';
import { Code } from '../../shell/code.js';
import { Copyable, ProblemAlert } from '../../shell/problem.js';
import { Waiting } from '../../shell/waiting.js';
import { auditText as text } from '../../text/audit.js';

const everyMs = 60_000;

/** Before the first head of a log is signed there is none, which is no failure. */
const isYetToCome = (error: unknown): boolean => asProblem(error).kind === 'head-pending';

export function HeadPart() {
  const { data, error, refetch } = useQuery({
    queryKey: ['head'],
    refetchInterval: everyMs,
    queryFn: ({ signal }) => asked(readHead({ signal }), 'size', 'root', 'checkpoint'),
  });
  return (
    <Container
      header={
        <Header variant="h2" description={text.lastHeadWords}>
          {text.lastHead}
        </Header>
      }
    >
      {error && !isYetToCome(error) && <ProblemAlert error={error} again={() => refetch()} />}
      {isYetToCome(error) && <StatusIndicator type="pending">{text.noHeadYet}</StatusIndicator>}
      {!data && !error && <Waiting />}
      {data && (
        <SpaceBetween size="m">
          <KeyValuePairs
            columns={2}
            items={[
              { label: text.size, value: data.size },
              { label: text.keyId, value: data.keyId },
              { label: text.root, value: <Copyable text={data.root} label={text.root} /> },
            ]}
          />
          <Box>
            <Box variant="awsui-key-label">{text.checkpoint}</Box>
            <Code text={data.checkpoint} label={text.checkpoint} />
          </Box>
        </SpaceBetween>
      )}
    </Container>
  );
}
