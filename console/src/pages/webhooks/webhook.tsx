/** One webhook: how it stands, what came of its requests, and what can be done to it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { asProblem } from '../../api/problem.js';
import { Moment } from '../../shell/moment.js';
import { Copyable, ProblemAlert } from '../../shell/problem.js';
import { useTitle } from '../../shell/title.js';
import { Titled } from '../../shell/titled.js';
import { Waiting } from '../../shell/waiting.js';
import { shellText } from '../../text/shell.js';
import { webhooksText as text } from '../../text/webhooks.js';
import { WebhookActions } from './actions.js';
import { DeliveriesTable } from './deliveries.js';
import { StateOf } from './page.js';
import { useWebhook, type Webhook } from './reads.js';

function Disabled({ state, reason, words }: Webhook) {
  if (state !== 'disabled') return null;
  return (
    <Alert type="warning" header={text.disabledTitle}>
      <SpaceBetween size="xxs">
        {reason && <span>{text.reasons[reason]}</span>}
        {words && <span>{text.saidWhy(words)}</span>}
        <span>{text.goesOn}</span>
      </SpaceBetween>
    </Alert>
  );
}

function Standing(webhook: Webhook) {
  const { id, url, types, organization, subscribedAt, since, secretGeneration, formerSecretUntil } = webhook;
  return (
    <Container header={<Header variant="h2">{text.overview}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: text.url, value: <Copyable text={url} label={text.url} /> },
          { label: text.state, value: <StateOf {...webhook} /> },
          { label: text.since, value: <Moment at={since} /> },
          { label: text.types, value: types.length === 0 ? text.everything : types.join(', ') },
          { label: text.organization, value: organization ?? text.allOrganizations },
          { label: text.subscribed, value: <Moment at={subscribedAt} /> },
          { label: text.secret, value: text.secretNumber(secretGeneration) },
          ...(formerSecretUntil ? [{ label: text.former, value: <Moment at={formerSecretUntil} /> }] : []),
          { label: text.id, value: <Copyable text={id} label={text.id} /> },
        ]}
      />
    </Container>
  );
}

function Shown({ webhook }: { readonly webhook: Webhook }) {
  const { host } = new URL(webhook.url);
  const [failed, tell] = useState<unknown>();
  useTitle(host);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={webhook.url} actions={<WebhookActions webhook={webhook} tell={tell} />}>
          {host}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {failed !== undefined && <ProblemAlert error={failed} />}
        <Disabled {...webhook} />
        <Standing {...webhook} />
        <DeliveriesTable id={webhook.id} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function NotThere() {
  const navigate = useNavigate();
  return (
    <Titled title={text.notThere}>
      <SpaceBetween size="m">
        <Box variant="p">{text.notThereWords}</Box>
        <Button onClick={() => navigate('/webhooks')}>{shellText.toWebhooks}</Button>
      </SpaceBetween>
    </Titled>
  );
}

const notThere: ReadonlySet<number> = new Set([400, 404]);

export function WebhookPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useWebhook(id);
  if (error && notThere.has(asProblem(error).status)) return <NotThere />;
  if (data) return <Shown key={id} webhook={data} />;
  return (
    <Titled title={text.title}>{error ? <ProblemAlert error={error} again={() => refetch()} /> : <Waiting />}</Titled>
  );
}
