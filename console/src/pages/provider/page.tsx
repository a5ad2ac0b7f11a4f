/** One provider: what it is, how far it is, and the ways into its account. */
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from 'react-router';
import { asProblem } from '../../api/problem.js';
import type { Status } from '../../api/types.js';
import { useFacts, useStatus } from '../../live/use-provider.js';
import { ProblemAlert } from '../../shell/problem.js';
import { useTitle } from '../../shell/title.js';
import { Waiting } from '../../shell/waiting.js';
import { providerText as text } from '../../text/provider.js';
import { Actions } from './actions.js';
import { AlertsPart } from './alerts.js';
import { CredentialsPart } from './credentials.js';
import { DetailsPart, StageOf } from './details.js';
import { HaltedPart } from './halted.js';
import { ProgressPart } from './progress.js';
import { TermsPart } from './terms.js';

function Shown({ status }: { readonly status: Status }) {
  const { facts, connection } = useFacts(status.id);
  useTitle(status.name ?? status.id);
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<Actions status={status} />}>
          {status.name ?? status.id}{' '}
          <Box variant="span" fontSize="body-m">
            <StageOf stage={status.stage} />
          </Box>
        </Header>
      }
    >
      <SpaceBetween size="l">
        <AlertsPart status={status} connection={connection} />
        <HaltedPart status={status} />
        <TermsPart status={status} />
        <CredentialsPart status={status} facts={facts} />
        <ProgressPart status={status} />
        <DetailsPart status={status} />
      </SpaceBetween>
    </ContentLayout>
  );
}

export function ProviderPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useStatus(id);
  if (data) return <Shown key={id} status={data} />;
  if (!error) return <Waiting />;
  const missing = asProblem(error).status === 404 || asProblem(error).status === 400;
  return missing ? <NotThere /> : <ProblemAlert error={error} again={() => refetch()} />;
}

function NotThere() {
  useTitle(text.notThere);
  return (
    <ContentLayout header={<Header variant="h1">{text.notThere}</Header>}>
      <Box variant="p">{text.notThereWords}</Box>
    </ContentLayout>
  );
}
