/** A call that failed, as its reader sees it: what, why, what to do, and what support wants to know. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { asProblem } from '../api/problem.js';
import { shellText } from '../text/shell.js';

interface Failed {
  readonly error: unknown;
  /** Offers to try again. */
  readonly again?: () => void;
}

/** What was refused because it was decided on something older; the page has read it anew by then. */
const ChangedSince = () => (
  <Alert type="warning" header={shellText.changedSince}>
    {shellText.changedSinceWords}
  </Alert>
);

export function ProblemAlert({ error, again }: Failed) {
  const { kind, title, detail, traceId } = asProblem(error);
  if (kind === 'changed-since') return <ChangedSince />;
  return (
    <Alert type="error" header={title} action={again && <Button onClick={again}>{shellText.tryAgain}</Button>}>
      <SpaceBetween size="xs">
        {detail && <span>{detail}</span>}
        {traceId && <TraceId id={traceId} />}
      </SpaceBetween>
    </Alert>
  );
}

const TraceId = ({ id }: { readonly id: string }) => (
  <Box fontSize="body-s" color="inherit">
    {shellText.traceId}: <Copyable text={id} />
  </Box>
);

const words = { copySuccessText: shellText.copied, copyErrorText: shellText.notCopied };
const nameOf = (label: string | undefined): string =>
  label === undefined ? shellText.copy : `${shellText.copy}: ${label}`;

/** Copies what is not shown. */
export const CopyButton = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <CopyToClipboard variant="icon" textToCopy={text} copyButtonAriaLabel={nameOf(label)} {...words} />
);

/** A text with a button that copies it. */
export const Copyable = ({ text, label }: { readonly text: string; readonly label?: string }) => (
  <CopyToClipboard variant="inline" textToCopy={text} copyButtonAriaLabel={nameOf(label)} {...words} />
);
