/** What a person is told when the session ends: early enough to go on, and without losing what was typed. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { useSessionState } from '../auth/ended.js';
import { leaveToSignIn } from '../auth/session.js';
import { useSettings } from '../settings.js';
import { shellText } from '../text/shell.js';
import { ProblemAlert } from './problem.js';

function SignInAgain() {
  const settings = useSettings();
  const [leaving, setLeaving] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const leave = (): void => {
    setLeaving(true);
    leaveToSignIn(settings).catch((error: unknown) => {
      setLeaving(false);
      setFailed(error);
    });
  };
  return (
    <>
      {failed !== undefined && <ProblemAlert error={failed} />}
      <Button variant="primary" loading={leaving} onClick={leave}>
        {shellText.signInAgain}
      </Button>
    </>
  );
}

/** The flash in the last two minutes; none before, and none once it is over. */
export function useSessionFlash(): readonly FlashbarProps.MessageDefinition[] {
  if (useSessionState() !== 'ends-soon') return [];
  return [
    {
      id: 'session',
      type: 'warning',
      header: shellText.endsSoon,
      content: shellText.endsSoonWords,
      action: <SignInAgain />,
    },
  ];
}

export function SessionEnded() {
  if (useSessionState() !== 'ended') return null;
  // It is mounted when it is needed, so that it stands above a dialog that is open already.
  return (
    <Modal
      visible
      header={shellText.ended}
      closeAriaLabel={shellText.close}
      footer={
        <Box float="right">
          <SignInAgain />
        </Box>
      }
    >
      {shellText.endedWords}
    </Modal>
  );
}
