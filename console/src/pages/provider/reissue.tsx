/** New credentials: after they were claimed and lost, or expired. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { reissueCredentials } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import { ProblemAlert } from '../../shell/problem.js';
import { credentialsText as text } from '../../text/credentials.js';
import { useCommand } from './use-command.js';

export function Reissue({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [resetMfa, setResetMfa] = useState(false);
  const { run, running, failed } = useCommand(id, text.reissued);
  const send = async (): Promise<void> => {
    const taken = await run((headers) => asked(reissueCredentials({ path: { id }, body: { resetMfa }, headers })));
    if (taken) close();
  };
  return (
    <Modal
      visible
      header={text.reissueTitle}
      closeAriaLabel={text.close}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween size="xs" direction="horizontal">
            <Button variant="link" onClick={close}>
              {text.cancel}
            </Button>
            <Button variant="primary" loading={running} onClick={send}>
              {text.reissue}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {failed && <ProblemAlert error={failed} />}
        <span>{text.reissueWords}</span>
        <Checkbox
          checked={resetMfa}
          description={text.resetMfaWords}
          onChange={({ detail }) => setResetMfa(detail.checked)}
        >
          {text.resetMfa}
        </Checkbox>
      </SpaceBetween>
    </Modal>
  );
}
