/** Whether the account is as it was hardened, what differs, and what is done about it. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { checkHardening, readHardening } from '../../../../src/client/generated/sdk.gen.js';
import type { Hardening } from '../../../../src/client/generated/types.gen.js';
import { asked } from '../../api/asked.js';
import { every } from '../../api/queries.js';
import type { Status } from '../../api/types.js';
import { administers, has, usePerson } from '../../auth/person.js';
import { aboutProvider, providerKey } from '../../live/use-provider.js';
import { Moment } from '../../shell/moment.js';
import { ProblemAlert } from '../../shell/problem.js';
import { useCommand } from '../../shell/use-command.js';
import { Waiting } from '../../shell/waiting.js';
import { accessText as text } from '../../text/access.js';
import { ExceptionsPart } from './exceptions.js';

type Finding = Hardening['findings'][number];

const everyMs = 10_000;

const Findings = ({ findings }: Pick<Hardening, 'findings'>) => (
  <Table
    variant="embedded"
    wrapLines
    items={findings}
    trackBy="object"
    empty={<Box textAlign="center">{text.nothingDiffers}</Box>}
    ariaLabels={{ tableLabel: text.differs }}
    columnDefinitions={[
      {
        id: 'object',
        header: text.object,
        isRowHeader: true,
        cell: ({ object, why }: Finding) => (
          <>
            {object}
            {why && (
              <Box fontSize="body-s" color="text-body-secondary">
                {why}
              </Box>
            )}
          </>
        ),
      },
      {
        id: 'changes',
        header: text.changes,
        cell: ({ changes }: Finding) => changes.map((change) => <div key={change}>{change}</div>),
      },
      { id: 'repair', header: text.repair, cell: ({ repair }: Finding) => text.repairs[repair] },
    ]}
  />
);

function Standing({ state, lastCheckedAt }: Hardening) {
  const { look, words } = text.states[state];
  return (
    <KeyValuePairs
      columns={2}
      items={[
        { label: text.state, value: <StatusIndicator type={look}>{words}</StatusIndicator> },
        { label: text.lastCheck, value: lastCheckedAt ? <Moment at={lastCheckedAt} /> : text.never },
      ]}
    />
  );
}

export function HardeningPart({ status }: { readonly status: Status }) {
  const { id } = status;
  const person = usePerson();
  const { data, error, refetch } = useQuery({
    queryKey: [...providerKey(id).slice(0, 2), 'hardening'],
    refetchInterval: every(everyMs),
    queryFn: ({ signal }) => asked(readHardening({ path: { id }, signal }), 'state', 'findings', 'exceptions'),
  });
  const { run, running, failed } = useCommand(aboutProvider(id), text.checking);
  const mayCheck = has(person, 'operator') || administers(person, status.organization);
  const check = () => run((headers) => asked(checkHardening({ path: { id }, headers }), 'id'));
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={text.hardeningWords}
          actions={
            mayCheck && (
              <Button loading={running} onClick={check}>
                {text.check}
              </Button>
            )
          }
        >
          {text.hardening}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {failed && <ProblemAlert error={failed} />}
        {error && <ProblemAlert error={error} again={() => refetch()} />}
        {!data && !error && <Waiting />}
        {data && <Standing {...data} />}
        {data && data.findings.length > 0 && <Findings findings={data.findings} />}
        {data && <ExceptionsPart id={id} hardening={data} />}
      </SpaceBetween>
    </Container>
  );
}
