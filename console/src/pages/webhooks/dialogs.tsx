/** What is asked before a webhook is changed. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import {
  disableWebhook,
  removeWebhook,
  replayWebhook,
  rotateWebhookSecret,
} from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import { aboutWebhooks } from '../../api/queries.js';
import { forgetKept } from '../../auth/kept.js';
import { Asking } from '../../shell/asking.js';
import { useKept } from '../../shell/kept.js';
import { useCommand } from '../../shell/use-command.js';
import { webhooksText as text } from '../../text/webhooks.js';
import { SecretOnce } from './secret.js';

interface On {
  readonly id: string;
  readonly close: () => void;
}

/** Asks, and then shows the new secret in the same place. */
export function Rotate({ id, close }: On) {
  const [made, setMade] = useState<{ readonly secret: string | undefined }>();
  const { run, running, failed } = useCommand(aboutWebhooks);
  const send = () =>
    run(async (headers) => {
      const { secret } = await asked(rotateWebhookSecret({ path: { id }, headers }), 'id');
      setMade({ secret });
    });
  if (!made)
    return (
      <Asking title={text.rotateTitle} button={text.rotate} {...{ running, failed, send, close }}>
        {text.rotateWords}
      </Asking>
    );
  return (
    <Modal
      visible
      header={text.newSecret}
      closeAriaLabel={text.close}
      onDismiss={close}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={close}>
            {text.close}
          </Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <SecretOnce secret={made.secret} />
        <span>{text.rotatedWords}</span>
      </SpaceBetween>
    </Modal>
  );
}

/** Where the reason that was typed for a webhook is kept. */
export const disablePlace = (id: string): string => `disable.${id}`;

export function Disable({ id, close }: On) {
  const [{ words }, change] = useKept(disablePlace(id), () => ({ words: '' }));
  const { run, running, failed } = useCommand(aboutWebhooks, text.disabled);
  const leave = (): void => {
    forgetKept(disablePlace(id));
    close();
  };
  const send = async (): Promise<void> => {
    const body = { words: words.trim() };
    if (await run((headers) => asked(disableWebhook({ path: { id }, body, headers }), 'id'))) leave();
  };
  return (
    <Asking title={text.disableTitle} button={text.disable} {...{ running, failed, send, close: leave }}>
      <span>{text.disableWords}</span>
      <FormField label={text.why} description={text.whyWords}>
        <Input value={words} autoFocus onChange={({ detail }) => change({ words: detail.value })} />
      </FormField>
    </Asking>
  );
}

export function Replay({ id, close }: On) {
  const [from, setFrom] = useState<'start' | 'position'>('position');
  const [after, setAfter] = useState('');
  const [tried, setTried] = useState(false);
  const { run, running, failed } = useCommand(aboutWebhooks, text.replayed);
  const isWrong = from === 'position' && after.trim() === '';
  const send = async (): Promise<void> => {
    setTried(true);
    if (isWrong) return;
    const body = from === 'start' ? {} : { after: after.trim() };
    if (await run((headers) => asked(replayWebhook({ path: { id }, body, headers }), 'id'))) close();
  };
  return (
    <Asking title={text.replayTitle} button={text.replay} {...{ running, failed, send, close }}>
      <span>{text.replayWords}</span>
      <RadioGroup
        ariaLabel={text.replayTitle}
        value={from}
        items={[
          { value: 'position', label: text.fromPosition },
          { value: 'start', label: text.fromStart },
        ]}
        onChange={({ detail }) => setFrom(detail.value === 'start' ? 'start' : 'position')}
      />
      {from === 'position' && (
        <FormField
          label={text.position}
          description={text.positionWords}
          errorText={tried && isWrong && text.positionWrong}
        >
          <Input value={after} onChange={({ detail }) => setAfter(detail.value)} />
        </FormField>
      )}
    </Asking>
  );
}

/** Afterwards there is nothing to look at any more. */
export function Remove({ id, close }: On) {
  const navigate = useNavigate();
  const { run, running, failed } = useCommand([...aboutWebhooks, 'list'], text.removed);
  const send = async (): Promise<void> => {
    if (await run((headers) => asked(removeWebhook({ path: { id }, headers }), 'id'))) navigate('/webhooks');
  };
  return (
    <Asking title={text.removeTitle} button={text.remove} {...{ running, failed, send, close }}>
      <Alert type="warning">{text.removeWords}</Alert>
    </Asking>
  );
}
