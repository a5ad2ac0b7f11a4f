/** A dialog that asks before something is done, and says why where it could not be. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { shellText as text } from '../text/shell.js';
import { ProblemAlert } from './problem.js';

interface Dialog {
  readonly title: string;
  readonly button: string;
  readonly running: boolean;
  readonly failed: unknown;
  readonly send: () => void;
  readonly close: () => void;
  readonly children: ReactNode;
}

export const Asking = ({ title, button, running, failed, send, close, children }: Dialog) => (
  <Modal
    visible
    header={title}
    closeAriaLabel={text.close}
    onDismiss={close}
    footer={
      <Box float="right">
        <SpaceBetween size="xs" direction="horizontal">
          <Button variant="link" onClick={close}>
            {text.cancel}
          </Button>
          <Button variant="primary" loading={running} onClick={send}>
            {button}
          </Button>
        </SpaceBetween>
      </Box>
    }
  >
    <SpaceBetween size="m">
      {failed !== undefined && <ProblemAlert error={failed} />}
      {children}
    </SpaceBetween>
  </Modal>
);
