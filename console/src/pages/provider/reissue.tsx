/** New credentials: after they were claimed and lost, or expired. */
import Checkbox from '@cloudscape-design/components/checkbox';
import { useState } from 'react';
import { reissueCredentials } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import { aboutProvider } from '../../live/use-provider.js';
import { Asking } from '../../shell/asking.js';
import { useCommand } from '../../shell/use-command.js';
import { credentialsText as text } from '../../text/credentials.js';

export function Reissue({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [resetMfa, setResetMfa] = useState(false);
  const { run, running, failed } = useCommand(aboutProvider(id), text.reissued);
  const send = async (): Promise<void> => {
    const taken = await run((headers) =>
      asked(reissueCredentials({ path: { id }, body: { resetMfa }, headers }), 'id'),
    );
    if (taken) close();
  };
  return (
    <Asking title={text.reissueTitle} button={text.reissue} running={running} failed={failed} send={send} close={close}>
      <span>{text.reissueWords}</span>
      <Checkbox
        checked={resetMfa}
        description={text.resetMfaWords}
        onChange={({ detail }) => setResetMfa(detail.checked)}
      >
        {text.resetMfa}
      </Checkbox>
    </Asking>
  );
}
