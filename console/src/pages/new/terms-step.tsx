/** The second step: the documents, once the service has said which they are. */
import Container from '@cloudscape-design/components/container';
import type { TermsDocument } from '../../api/types.js';
import { ProblemAlert } from '../../shell/problem.js';
import { TermsToAccept } from '../../shell/terms.js';
import { Waiting } from '../../shell/waiting.js';
import type { Draft } from './draft.js';

interface Terms {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly documents: readonly TermsDocument[] | undefined;
  readonly termsFailed: unknown;
  readonly readTerms: () => void;
}

function Documents({ draft, change, documents, termsFailed, readTerms }: Terms) {
  if (termsFailed) return <ProblemAlert error={termsFailed} again={readTerms} />;
  if (!documents) return <Waiting />;
  return (
    <TermsToAccept
      // Other documents are read from the first one on.
      key={documents.map(({ digest }) => digest).join()}
      documents={documents}
      accepted={draft.accepted}
      change={(accepted) => change({ accepted })}
    />
  );
}

export const TermsStep = (terms: Terms) => (
  <Container>
    <Documents {...terms} />
  </Container>
);
