/** A request whose terms are still to be accepted. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ApiProblem } from '../../api/problem.js';
import type { Status } from '../../api/types.js';
import { forgetKept } from '../../auth/kept.js';
import { administers, usePerson } from '../../auth/person.js';
import { aboutProvider } from '../../live/use-provider.js';
import { useKept } from '../../shell/kept.js';
import { ProblemAlert } from '../../shell/problem.js';
import { type Accepted, TermsToAccept } from '../../shell/terms.js';
import { useCommand } from '../../shell/use-command.js';
import { Waiting } from '../../shell/waiting.js';
import { newText } from '../../text/new.js';
import { providerText as text } from '../../text/provider.js';
import { useTerms } from '../new/catalogue.js';
import { notAccepted } from '../new/checks.js';
import { accept } from '../new/request.js';

/** Other documents that are in force by now are no fault, and are shown already. */
const WhyNot = ({ failed }: { readonly failed: ApiProblem }) =>
  failed.kind === 'stale-terms' ? <Alert type="warning">{newText.changed}</Alert> : <ProblemAlert error={failed} />;

function ToAccept({ status }: { readonly status: Status }) {
  const terms = useTerms(status.territory);
  const place = `terms.${status.id}`;
  const [{ accepted }, change] = useKept<{ readonly accepted: Accepted }>(place, () => ({ accepted: {} }));
  const { run, running, failed } = useCommand(aboutProvider(status.id));
  if (terms.error) return <ProblemAlert error={terms.error} again={() => terms.refetch()} />;
  if (!terms.data) return <Waiting />;
  const { documents } = terms.data;
  const missing = notAccepted({ accepted }, documents).length > 0;
  const send = async (): Promise<void> => {
    const taken = await run((headers) => accept(status.id, documents, headers['Idempotency-Key']));
    if (taken) forgetKept(place);
    else terms.refetch();
  };
  return (
    <SpaceBetween size="m">
      {failed && <WhyNot failed={failed} />}
      <TermsToAccept
        // Other documents are read from the first one on.
        key={documents.map(({ digest }) => digest).join()}
        documents={documents}
        accepted={accepted}
        change={(next) => change({ accepted: next })}
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
