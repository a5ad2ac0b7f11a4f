/** A text for programs: as it is, scrolling by itself, with a button that copies it. */
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { shellText } from '../text/shell.js';
import styles from './code.module.css';

export const Code = ({ text, label = 'Code' }: { readonly text: string; readonly label?: string }) => (
  <SpaceBetween size="xs">
    <section className={styles.code} aria-label={label} tabIndex={0}>
      <pre>{text}</pre>
    </section>
    <CopyToClipboard
      copyButtonText={shellText.copy}
      textToCopy={text}
      copySuccessText={shellText.copied}
      copyErrorText={shellText.notCopied}
    />
  </SpaceBetween>
);
