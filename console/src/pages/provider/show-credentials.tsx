/** Show Credentials: what the administrator needs for the first sign-in; the password stays masked until it is asked for. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextContent from '@cloudscape-design/components/text-content';
import { useEffect, useRef, useState } from 'react';
import { revealCredentials } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import { asProblem } from '../../api/problem.js';
import type { Revealed } from '../../api/types.js';
import { durationText } from '../../format/duration.js';
import { Moment } from '../../shell/moment.js';
import { Copyable, CopyButton, ProblemAlert } from '../../shell/problem.js';
import { Waiting } from '../../shell/waiting.js';
import { credentialsText as text } from '../../text/credentials.js';

/** Asks once, since each reveal is on record; what came is forgotten when the dialog goes. */
function useRevealed(id: string) {
  const [revealed, setRevealed] = useState<Revealed>();
  const [failed, setFailed] = useState<unknown>();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    asked(revealCredentials({ path: { id } }), 'userName', 'temporaryPassword', 'loginUrl', 'expiresAt').then(
      setRevealed,
      (error: unknown) => setFailed(asProblem(error)),
    );
  }, [id]);
  return { revealed, failed };
}

const mask = '••••••••••••••••';

function Password({ password }: { readonly password: string }) {
  const [shown, setShown] = useState(false);
  return (
    <SpaceBetween size="xs" direction="horizontal" alignItems="center">
      <Box variant="code">
        {shown ? (
          password
        ) : (
          <span role="img" aria-label={text.hidden}>
            {mask}
          </span>
        )}
      </Box>
      <CopyButton text={password} label={text.password} />
      <Button variant="inline-link" iconName={shown ? 'lock-private' : 'unlocked'} onClick={() => setShown(!shown)}>
        {shown ? text.hide : text.show}
      </Button>
    </SpaceBetween>
  );
}

function Shown({ userName, temporaryPassword, loginUrl, expiresAt }: Revealed) {
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={1}
        items={[
          { label: text.userName, value: <Copyable text={userName} label={text.userName} /> },
          { label: text.password, value: <Password password={temporaryPassword} /> },
          { label: text.loginUrl, value: <Copyable text={loginUrl} label={text.loginUrl} /> },
          {
            label: text.expires,
            value: (
              <>
                <Moment at={expiresAt} /> ({text.in(durationText(Date.parse(expiresAt) - Date.now()))})
              </>
            ),
          },
        ]}
      />
      <Alert type="info" header={text.first}>
        <TextContent>
          <ol>
            {text.firstWords.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </TextContent>
      </Alert>
    </SpaceBetween>
  );
}

export function ShowCredentials({ id, close }: { readonly id: string; readonly close: () => void }) {
  const { revealed, failed } = useRevealed(id);
  return (
    <Modal
      visible
      size="medium"
      header={text.title}
      closeAriaLabel={text.close}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween size="xs" direction="horizontal">
            <Button onClick={close}>{text.close}</Button>
            {revealed && (
              <Button variant="primary" href={revealed.loginUrl} target="_blank" iconName="external" iconAlign="right">
                {text.open}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      {failed !== undefined && <ProblemAlert error={failed} />}
      {!revealed && failed === undefined && <Waiting />}
      {revealed && <Shown {...revealed} />}
    </Modal>
  );
}
