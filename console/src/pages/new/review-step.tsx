/** The last step: what was chosen, what will happen, and the calls that will be sent. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TermsDocument } from '../../api/types.js';
import { Code } from '../../shell/code.js';
import { useTitles } from '../../shell/terms.js';
import { newText as text } from '../../text/new.js';
import { Consequences } from './consequences.js';
import type { Draft } from './draft.js';
import { callsOf } from './request.js';

interface Review {
  readonly draft: Draft;
  readonly organization: string;
  readonly option: string;
  readonly territory: string;
  readonly documents: readonly TermsDocument[];
  readonly edit: (step: number) => void;
}

function Chosen({ draft, option, territory, documents, edit }: Review) {
  const titleOf = useTitles();
  const terms = documents.map(({ party, version }) => `${titleOf(party)}, ${text.version.toLowerCase()} ${version}`);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween size="xs" direction="horizontal">
              <Button onClick={() => edit(0)} ariaLabel={`${text.edit}: ${text.provider}`}>
                {text.edit}
              </Button>
            </SpaceBetween>
          }
        >
          {text.yourAccount}
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          { label: text.name, value: draft.name.trim() },
          { label: text.territory, value: territory },
          { label: text.option, value: option },
          { label: text.terms, value: terms.map((line) => <div key={line}>{line}</div>) },
        ]}
      />
    </Container>
  );
}

export const ReviewStep = (review: Review) => (
  <SpaceBetween size="l">
    <Chosen {...review} />
    <Consequences organization={review.organization} draft={review.draft} />
    <ExpandableSection variant="container" headerText={text.call} headerDescription={text.callWords}>
      <Code text={callsOf(location.origin, review.organization, review.draft, review.documents)} />
    </ExpandableSection>
  </SpaceBetween>
);
