/** A text for programs: as it is, scrolling by itself, with a button that copies it. */
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { shellText } from '../text/shell.js';
import { Scrolling } from './scrolling.js';

export const Code = ({ text, label = 'Code' }: { readonly text: string; readonly label?: string }) => (
  <SpaceBetween size="xs">
    <Scrolling label={label} kind="code">
      <pre>{text}</pre>
    </Scrolling>
    <CopyToClipboard
      copyButtonText={shellText.copy}
      textToCopy={text}
      copySuccessText={shellText.copied}
      copyErrorText={shellText.notCopied}
    />
  </SpaceBetween>
);
