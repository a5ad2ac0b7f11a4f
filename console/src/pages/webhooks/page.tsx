/** The webhooks of an organization, or of all of them. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useNavigate } from 'react-router';
import { usePerson } from '../../auth/person.js';
import { typesText } from '../../format/webhooks.js';
import { Moment } from '../../shell/moment.js';
import { PageLink } from '../../shell/page-link.js';
import { useTitle } from '../../shell/title.js';
import { WatchedTable } from '../../shell/watched-table.js';
import { webhooksText as text } from '../../text/webhooks.js';
import { useWebhooks, type Webhook } from './reads.js';
import { maySubscribe } from './rights.js';

export const StateOf = ({ state }: Pick<Webhook, 'state'>) => (
  <StatusIndicator type={text.states[state].look}>{text.states[state].words}</StatusIndicator>
);

const columnsFor = (ofAll: boolean): readonly TableProps.ColumnDefinition<Webhook>[] => [
  {
    id: 'url',
    header: text.url,
    isRowHeader: true,
    minWidth: 220,
    cell: ({ id, url }) => <PageLink to={`/webhooks/${id}`}>{url}</PageLink>,
  },
  { id: 'state', header: text.state, minWidth: 110, cell: StateOf },
  { id: 'types', header: text.types, minWidth: 160, cell: ({ types }) => typesText(types) },
  ...(ofAll
    ? [
        {
          id: 'organization',
          header: text.organization,
          cell: ({ organization }: Webhook) => organization ?? text.allOrganizations,
        },
      ]
    : []),
  { id: 'subscribed', header: text.subscribed, cell: ({ subscribedAt }) => <Moment at={subscribedAt} /> },
];

const CreateButton = () => {
  const navigate = useNavigate();
  const href = '/webhooks/new';
  return (
    <Button
      variant="primary"
      href={href}
      onFollow={(event) => {
        event.preventDefault();
        navigate(href);
      }}
    >
      {text.create}
    </Button>
  );
};

const Empty = ({ ofAll, mayCreate }: { readonly ofAll: boolean; readonly mayCreate: boolean }) => (
  <SpaceBetween size="m">
    <Box variant="strong" color="inherit">
      {text.none}
    </Box>
    <Box variant="p" color="inherit">
      {ofAll ? text.noneForAll : text.noneWords}
    </Box>
    {mayCreate && <CreateButton />}
  </SpaceBetween>
);

export function WebhooksPage() {
  useTitle(text.title);
  const person = usePerson();
  const query = useWebhooks();
  const ofAll = person.organization === undefined;
  const mayCreate = maySubscribe(person);
  const more = query.hasNextPage && (
    <Box textAlign="center">
      <Button loading={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
        {text.more}
      </Button>
    </Box>
  );
  return (
    <WatchedTable<Webhook>
      isPage
      title={text.title}
      words={ofAll ? text.wordsForAll : text.words}
      actions={mayCreate && <CreateButton />}
      empty={<Empty ofAll={ofAll} mayCreate={mayCreate} />}
      query={query}
      columns={columnsFor(ofAll)}
      footer={more}
    />
  );
}
