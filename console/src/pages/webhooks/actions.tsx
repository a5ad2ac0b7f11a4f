/** What can be done to a webhook by whoever may. */
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { enableWebhook, testWebhook } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import { aboutWebhooks, webhookKey } from '../../api/queries.js';
import { isKept } from '../../auth/kept.js';
import { usePerson } from '../../auth/person.js';
import { useNotify } from '../../shell/notices.js';
import { useCommand } from '../../shell/use-command.js';
import { webhooksText as text } from '../../text/webhooks.js';
import { answerOf } from './deliveries.js';
import { Disable, disablePlace, Remove, Replay, Rotate } from './dialogs.js';
import type { Webhook } from './reads.js';
import { mayStop, mayUse } from './rights.js';

const dialogs = { rotate: Rotate, disable: Disable, replay: Replay, remove: Remove } as const;

/** Where a call that failed is told, until it is made again. */
type Tell = (failed: unknown) => void;

/** Sends a test, and says what came of it. */
function useTest(id: string, tell: Tell) {
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: () => asked(testWebhook({ path: { id } }), 'outcome'),
    onSuccess: (delivery) => {
      const isTaken = delivery.outcome === 'delivered';
      const content = `${text.tested[delivery.outcome]} ${isTaken ? '' : answerOf(delivery)}`.trim();
      notify({ type: isTaken ? 'success' : 'error', content });
    },
    onMutate: () => tell(undefined),
    onError: tell,
    onSettled: () => client.invalidateQueries({ queryKey: webhookKey(id) }),
  });
}

function useEnable(id: string, tell: Tell) {
  const { run, running } = useCommand(aboutWebhooks, text.enabled);
  const enable = () => {
    tell(undefined);
    return run((headers) =>
      asked(enableWebhook({ path: { id }, headers }), 'id').catch((error: unknown) => {
        tell(error);
        throw error;
      }),
    );
  };
  return { enable, running };
}

/** What may be chosen, by who asks and how the webhook stands. */
const itemsFor = (isOwn: boolean, isEnabled: boolean) => [
  ...(isOwn
    ? [
        { id: 'rotate', text: text.rotate },
        { id: 'replay', text: text.replay },
      ]
    : []),
  ...(isEnabled ? [{ id: 'disable', text: text.disable }] : []),
  { id: 'remove', text: text.remove },
];

export function WebhookActions({ webhook, tell }: { readonly webhook: Webhook; readonly tell: Tell }) {
  const person = usePerson();
  const [asking, setAsking] = useState<keyof typeof dialogs | undefined>(() =>
    webhook.state === 'enabled' && isKept(disablePlace(webhook.id)) ? 'disable' : undefined,
  );
  const test = useTest(webhook.id, tell);
  const { enable, running } = useEnable(webhook.id, tell);
  if (!mayStop(person, webhook)) return null;
  const isOwn = mayUse(person, webhook);
  const isEnabled = webhook.state === 'enabled';
  const Dialog = asking && dialogs[asking];
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <ButtonDropdown
        items={itemsFor(isOwn, isEnabled)}
        onItemClick={({ detail }) => setAsking(detail.id as keyof typeof dialogs)}
      >
        {text.actions}
      </ButtonDropdown>
      {isOwn && (
        <Button loading={test.isPending} onClick={() => test.mutate()}>
          {text.test}
        </Button>
      )}
      {isOwn && !isEnabled && (
        <Button variant="primary" loading={running} onClick={enable}>
          {text.enable}
        </Button>
      )}
      {Dialog && <Dialog id={webhook.id} close={() => setAsking(undefined)} />}
    </SpaceBetween>
  );
}
