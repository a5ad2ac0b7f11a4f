/** What is out of the ordinary: set aside, unreadable, or not as AWS has it. */
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Anomaly } from '../../format/operations.js';
import { Moment } from '../../shell/moment.js';
import { ProviderLink, WatchedTable } from '../../shell/watched-table.js';
import { operationsText as text } from '../../text/operations.js';
import { useAnomalies } from './reads.js';

const looks: Readonly<Record<Anomaly['kind'], StatusIndicatorProps.Type>> = {
  unreadable: 'error',
  disagreement: 'warning',
  'set-aside': 'stopped',
};

export const AnomaliesTable = () => (
  <WatchedTable<Anomaly>
    title={text.anomalies}
    words={text.anomaliesWords}
    empty={text.noAnomalies}
    query={useAnomalies()}
    columns={[
      {
        id: 'kind',
        header: text.kind,
        minWidth: 140,
        cell: ({ kind }) => <StatusIndicator type={looks[kind]}>{text.anomalyKinds[kind]}</StatusIndicator>,
      },
      {
        id: 'about',
        header: text.about,
        isRowHeader: true,
        minWidth: 200,
        cell: ({ providerId, about }) =>
          providerId === undefined ? about : <ProviderLink id={providerId} name={about} />,
      },
      { id: 'words', header: text.words, minWidth: 240, cell: ({ words }) => words },
      { id: 'since', header: text.since, cell: ({ since }) => (since ? <Moment at={since} /> : '–') },
    ]}
  />
);
