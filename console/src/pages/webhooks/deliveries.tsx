/** What came of the last requests. */
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Moment } from '../../shell/moment.js';
import { Copyable } from '../../shell/problem.js';
import { WatchedTable } from '../../shell/watched-table.js';
import { webhooksText as text } from '../../text/webhooks.js';
import { type Delivery, useDeliveries } from './reads.js';

const Outcome = ({ outcome }: Delivery) => (
  <StatusIndicator type={text.outcomes[outcome].look}>{text.outcomes[outcome].words}</StatusIndicator>
);

/** The status, what went wrong, or both. */
export const answerOf = ({ status, error }: Delivery): string =>
  [status, error].filter((part) => part !== undefined).join(': ') || '–';

export function DeliveriesTable({ id }: { readonly id: string }) {
  return (
    <WatchedTable<Delivery>
      title={text.deliveries}
      words={text.deliveriesWords}
      empty={text.noDeliveries}
      query={useDeliveries(id)}
      columns={[
        { id: 'at', header: text.at, isRowHeader: true, cell: ({ at }) => <Moment at={at} /> },
        { id: 'type', header: text.type, cell: ({ type }) => type },
        { id: 'outcome', header: text.outcome, minWidth: 110, cell: Outcome },
        { id: 'status', header: text.status, minWidth: 160, cell: answerOf },
        { id: 'tries', header: text.tries, cell: ({ tries }) => tries },
        { id: 'ms', header: text.took, cell: ({ ms }) => text.milliseconds(ms) },
        {
          id: 'message',
          header: text.message,
          minWidth: 160,
          cell: ({ messageId }) => <Copyable text={messageId} label={text.message} />,
        },
      ]}
    />
  );
}
