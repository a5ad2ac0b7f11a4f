/** A request whose terms are still to be accepted. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Status } from '../../api/types.js';
import { administers, usePerson } from '../../auth/person.js';
import { aboutProvider } from '../../live/use-provider.js';
import { ProblemAlert } from '../../shell/problem.js';
import { type Accepted, TermsToAccept } from '../../shell/terms.js';
import { useCommand } from '../../shell/use-command.js';
import { Waiting } from '../../shell/waiting.js';
import { providerText as text } from '../../text/provider.js';
import { useTerms } from '../new/catalogue.js';
import { notAccepted } from '../new/checks.js';
import { accept } from '../new/request.js';

function ToAccept({ status }: { readonly status: Status }) {
  const terms = useTerms(status.territory);
  const [accepted, setAccepted] = useState<Accepted>({});
  const { run, running, failed } = useCommand(aboutProvider(status.id));
  if (terms.error) return <ProblemAlert error={terms.error} again={() => terms.refetch()} />;
  if (!terms.data) return <Waiting />;
  const { documents } = terms.data;
  const missing = notAccepted({ accepted }, documents).length > 0;
  const send = async (): Promise<void> => {
    const taken = await run((headers) => accept(status.id, documents, headers['Idempotency-Key']));
    if (!taken) terms.refetch();
  };
  return (
    <SpaceBetween size="m">
      {failed && <ProblemAlert error={failed} />}
      <TermsToAccept
        // Other documents are read from the first one on.
        key={documents.map(({ digest }) => digest).join()}
        documents={documents}
        accepted={accepted}
        change={setAccepted}
      />
      <Box float="right">
        <Button variant="primary" loading={running} disabled={missing} disabledReason={text.acceptBoth} onClick={send}>
          {text.acceptTerms}
        </Button>
      </Box>
    </SpaceBetween>
  );
}

export function TermsPart({ status }: { readonly status: Status }) {
  const person = usePerson();
  if (status.stage !== 'requested' || !administers(person, status.organization)) return null;
  return (
    <Container
      header={
        <Header variant="h2" description={text.termsWords}>
          {text.terms}
        </Header>
      }
    >
      <ToAccept status={status} />
    </Container>
  );
}
