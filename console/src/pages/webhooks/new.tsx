/** A new webhook: its address, what it tells of, and then its secret, once. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { subscribeWebhook } from '../../../../src/client/generated/sdk.gen.js';
import type { WebhookWithSecret } from '../../../../src/client/generated/types.gen.js';
import { asked } from '../../api/asked.js';
import { type ApiProblem, asProblem } from '../../api/problem.js';
import { aboutWebhooks } from '../../api/queries.js';
import { forgetKept } from '../../auth/kept.js';
import { usePerson } from '../../auth/person.js';
import { mistakesInWebhook, type WebhookAsked } from '../../format/webhooks.js';
import { useKept } from '../../shell/kept.js';
import { ProblemAlert } from '../../shell/problem.js';
import { useTitle } from '../../shell/title.js';
import { webhooksText as text } from '../../text/webhooks.js';
import { maySubscribe } from './rights.js';
import { SecretOnce } from './secret.js';
import { TypesField } from './types.js';

/** With the Idempotency-Key of just this text: however often it is sent, one webhook comes of it. */
interface Typed extends WebhookAsked {
  readonly key: string;
}

const place = 'webhook';
const fresh = (): Typed => ({ key: crypto.randomUUID(), url: '', everything: true, types: [] });

/** Sends it once its fields can be right; what the service says of one of them stands at it. */
function useSubscription(created: (webhook: WebhookWithSecret) => void) {
  const [typed, keep] = useKept(place, fresh);
  const [tried, setTried] = useState(false);
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<ApiProblem>();
  const client = useQueryClient();
  const mistakes = mistakesInWebhook(typed);
  const change = (part: Partial<WebhookAsked>): void => keep({ ...part, key: crypto.randomUUID() });
  const send = async (): Promise<void> => {
    setTried(true);
    if (Object.keys(mistakes).length > 0) return;
    setSending(true);
    setFailed(undefined);
    const { key, url, everything, types } = typed;
    const body = { url: url.trim(), types: everything ? [] : [...types] };
    try {
      const webhook = await asked(subscribeWebhook({ body, headers: { 'Idempotency-Key': key } }), 'id', 'url');
      forgetKept(place);
      client.invalidateQueries({ queryKey: aboutWebhooks });
      created(webhook);
    } catch (error) {
      setFailed(asProblem(error));
    } finally {
      setSending(false);
    }
  };
  return { typed, change, sending, failed, send, wrong: tried ? mistakes : {} };
}

function AskForm({ created }: { readonly created: (webhook: WebhookWithSecret) => void }) {
  const { typed, change, sending, failed, send, wrong } = useSubscription(created);
  const navigate = useNavigate();
  const ofAll = usePerson().organization === undefined;
  const leave = (): void => {
    forgetKept(place);
    navigate('/webhooks');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Form
        header={
          <Header variant="h1" description={text.createWords}>
            {text.createTitle}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={leave}>
              {text.cancel}
            </Button>
            <Button variant="primary" loading={sending}>
              {text.submit}
            </Button>
          </SpaceBetween>
        }
      >
        <Container>
          <SpaceBetween size="l">
            {failed && <ProblemAlert error={failed} />}
            <FormField label={text.url} description={text.urlWords} errorText={wrong.url} stretch>
              <Input
                type="url"
                inputMode="url"
                value={typed.url}
                placeholder={text.urlExample}
                onChange={({ detail }) => change({ url: detail.value })}
              />
            </FormField>
            <TypesField {...typed} ofAll={ofAll} wrong={wrong.types} change={change} />
          </SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}

/** The secret is in the page's memory alone, so it is shown here and not at an address of its own. */
function Created({ webhook }: { readonly webhook: WebhookWithSecret }) {
  const navigate = useNavigate();
  return (
    <Form
      header={
        <Header variant="h1" description={webhook.url}>
          {text.created}
        </Header>
      }
      actions={
        <Button variant="primary" onClick={() => navigate(`/webhooks/${webhook.id}`, { replace: true })}>
          {text.toWebhook}
        </Button>
      }
    >
      <Container>
        <SecretOnce secret={webhook.secret} />
      </Container>
    </Form>
  );
}

export function NewWebhookPage() {
  useTitle(text.createTitle);
  const [webhook, setWebhook] = useState<WebhookWithSecret>();
  if (!maySubscribe(usePerson())) return <Alert type="info">{text.cannotCreate}</Alert>;
  return webhook ? <Created webhook={webhook} /> : <AskForm created={setWebhook} />;
}
