/** Both documents, each to be read, kept and accepted by itself; the wizard and the page of a provider show the same. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Tabs from '@cloudscape-design/components/tabs';
import { useEffect, useRef, useState } from 'react';
import type { TermsDocument } from '../api/types.js';
import { isAccepted } from '../pages/new/checks.js';
import { useSettings } from '../settings.js';
import { newText as text } from '../text/new.js';
import { Markdown } from './markdown.js';
import { Copyable } from './problem.js';
import { save } from './save.js';
import { Scrolling } from './scrolling.js';
import styles from './shell.module.css';

export type Accepted = Readonly<Partial<Record<string, string>>>;

interface Terms {
  readonly documents: readonly TermsDocument[];
  readonly accepted: Accepted;
  readonly change: (accepted: Accepted) => void;
}

/** How a document is called, by whose it is. */
export function useTitles(): (party: TermsDocument['party']) => string {
  const { reseller } = useSettings();
  return (party) => (party === 'reseller' ? text.parties.reseller(reseller.name) : text.parties.aws());
}

/** Just the bytes that the digest is of. */
const download = ({ party, territory, version, text: content }: TermsDocument): void =>
  save(new Blob([content], { type: 'text/markdown' }), `terms-${territory}-${party}-${version}.md`);

function Document({ of, title, accepted, change }: Omit<Terms, 'documents'> & { of: TermsDocument; title: string }) {
  const checked = isAccepted({ accepted }, of);
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={2}
        items={[
          { label: text.version, value: of.version },
          { label: text.digest, value: <Copyable text={of.digest} label={text.digest} /> },
        ]}
      />
      <Scrolling label={title} kind="document">
        <Markdown source={of.text} />
      </Scrolling>
      <Button iconName="download" onClick={() => download(of)} ariaLabel={`${text.download}: ${title}`}>
        {text.download}
      </Button>
      <Checkbox
        checked={checked}
        onChange={({ detail }) => change({ ...accepted, [of.party]: detail.checked ? of.digest : undefined })}
      >
        {text.accept(title)}
      </Checkbox>
    </SpaceBetween>
  );
}

/** Where the box that was ticked went with its document, the keyboard goes on in the one that is shown instead. */
function useFocusAfter(shown: string) {
  const content = useRef<HTMLDivElement>(null);
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    if (document.activeElement === document.body) content.current?.focus();
  }, [shown]);
  return content;
}

/** After one is accepted, the other is shown by itself. */
export function TermsToAccept({ documents, accepted, change }: Terms) {
  const titleOf = useTitles();
  const [shown, setShown] = useState(documents[0]?.party ?? 'reseller');
  const count = (of: Accepted): number => documents.filter((document) => isAccepted({ accepted: of }, document)).length;
  const content = useFocusAfter(shown);
  const changed = (next: Accepted): void => {
    change(next);
    const other = documents.find((document) => !isAccepted({ accepted: next }, document));
    if (other && count(next) > count(accepted)) setShown(other.party);
  };
  return (
    <Tabs
      activeTabId={shown}
      onChange={({ detail }) => setShown(detail.activeTabId as TermsDocument['party'])}
      tabs={documents.map((document) => ({
        id: document.party,
        label: titleOf(document.party),
        action: isAccepted({ accepted }, document) ? (
          <StatusIndicator type="success">
            <Box variant="span" fontSize="body-s" color="inherit">
              {text.accepted}
            </Box>
          </StatusIndicator>
        ) : undefined,
        content: (
          <div ref={document.party === shown ? content : undefined} tabIndex={-1} className={styles.page}>
            <Document of={document} title={titleOf(document.party)} accepted={accepted} change={changed} />
          </div>
        ),
      }))}
    />
  );
}
