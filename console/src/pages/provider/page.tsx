/** One provider: what it is, how far it is, the ways into its account, and its history. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy } from 'react';
import { useNavigate, useParams } from 'react-router';
import { asProblem } from '../../api/problem.js';
import type { Fact, Status } from '../../api/types.js';
import type { Connection } from '../../live/follow.js';
import { useFacts, useStatus } from '../../live/use-provider.js';
import { ProblemAlert } from '../../shell/problem.js';
import { useTitle } from '../../shell/title.js';
import { Titled } from '../../shell/titled.js';
import { Waiting } from '../../shell/waiting.js';
import { providerText as text } from '../../text/provider.js';
import { shellText } from '../../text/shell.js';
import { Actions } from './actions.js';
import { AlertsPart } from './alerts.js';
import { CredentialsPart } from './credentials.js';
import { DetailsPart, StageOf } from './details.js';
import { HaltedPart } from './halted.js';
import { ProgressPart } from './progress.js';
import { ProviderTabs, useTab } from './tabs.js';
import { TermsPart } from './terms.js';

const Timeline = lazy(async () => ({ default: (await import('./history/timeline.js')).Timeline }));
const TimeSlider = lazy(async () => ({ default: (await import('./history/time-slider.js')).TimeSlider }));
const AccessPart = lazy(async () => ({ default: (await import('./access.js')).AccessPart }));

interface Shown {
  readonly status: Status;
  readonly facts: readonly Fact[];
  readonly connection: Connection;
}

/** Nothing was made, and nothing will be. */
const isOver = ({ stage }: Status): boolean => stage === 'refused' || stage === 'withdrawn';

const Overview = ({ status, facts }: Shown) => (
  <SpaceBetween size="l">
    <TermsPart status={status} />
    <CredentialsPart status={status} facts={facts} />
    {!isOver(status) && <ProgressPart status={status} />}
    <DetailsPart status={status} />
  </SpaceBetween>
);

const History = ({ status, facts, connection }: Shown) => (
  <SpaceBetween size="l">
    <TimeSlider id={status.id} facts={facts} />
    <Timeline facts={facts} connection={connection} />
  </SpaceBetween>
);

const parts = { overview: Overview, history: History, access: AccessPart } as const;

function Provider({ status }: { readonly status: Status }) {
  const { facts, connection } = useFacts(status.id);
  const tab = useTab();
  const Part = parts[tab];
  const name = status.name ?? status.id;
  useTitle(tab === 'overview' ? name : `${name}, ${text.tabs[tab]}`);
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<Actions status={status} />}>
          {name}{' '}
          <Box variant="span" fontSize="body-m">
            <StageOf stage={status.stage} />
          </Box>
        </Header>
      }
    >
      <SpaceBetween size="l">
        <AlertsPart status={status} connection={connection} />
        <HaltedPart status={status} />
        <ProviderTabs id={status.id}>
          <Part status={status} facts={facts} connection={connection} />
        </ProviderTabs>
      </SpaceBetween>
    </ContentLayout>
  );
}

const notThere: ReadonlySet<number> = new Set([400, 404]);

export function ProviderPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useStatus(id);
  if (data) return <Provider key={id} status={data} />;
  if (error && notThere.has(asProblem(error).status)) return <NotThere />;
  return (
    <Titled title={text.title}>{error ? <ProblemAlert error={error} again={() => refetch()} /> : <Waiting />}</Titled>
  );
}

function NotThere() {
  const navigate = useNavigate();
  return (
    <Titled title={text.notThere}>
      <SpaceBetween size="m">
        <Box variant="p">{text.notThereWords}</Box>
        <Button onClick={() => navigate('/')}>{shellText.toProviders}</Button>
      </SpaceBetween>
    </Titled>
  );
}
