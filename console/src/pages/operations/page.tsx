/** Operations: who needs somebody, who waits, how much room there is, and how far reads are behind. */
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { lazy, Suspense } from 'react';
import { has, usePerson } from '../../auth/person.js';
import { durationText } from '../../format/duration.js';
import { Moment } from '../../shell/moment.js';
import { NotYours } from '../../shell/not-yours.js';
import { useTitle } from '../../shell/title.js';
import { Waiting } from '../../shell/waiting.js';
import { ProviderLink, WatchedTable } from '../../shell/watched-table.js';
import { operationsText as text } from '../../text/operations.js';
import { AnomaliesTable } from './anomalies.js';
import { ByReason } from './by-reason.js';
import { HaltedTable } from './halted.js';
import { PayersTable } from './payers.js';
import { type Model, type Queued, useModels, useQueue } from './reads.js';

/** The charts are as large as the rest of the page, so they come after it. */
const StatisticsPart = lazy(async () => ({ default: (await import('./statistics.js')).StatisticsPart }));

function QueueTable() {
  const query = useQueue();
  return (
    <WatchedTable<Queued>
      title={text.queue}
      words={<ByReason words={text.queueWords} items={query.data?.items ?? []} reasonOf={({ reason }) => reason} />}
      empty={text.queueEmpty}
      query={query}
      total={query.data?.total}
      columns={[
        { id: 'position', header: text.position, cell: ({ position }) => position },
        {
          id: 'name',
          header: text.provider,
          isRowHeader: true,
          cell: ({ providerId, name }) => <ProviderLink id={providerId} name={name} />,
        },
        { id: 'organization', header: text.organization, cell: ({ organization }) => organization },
        { id: 'territory', header: text.territory, cell: ({ territory }) => territory },
        { id: 'reason', header: text.reason, minWidth: 240, cell: ({ words }) => words },
        { id: 'since', header: text.since, cell: ({ since }) => <Moment at={since} /> },
      ]}
    />
  );
}

function Standing({ caughtUp, filling, stopped }: Model) {
  if (stopped !== undefined) return <StatusIndicator type="error">{`${text.stopped}: ${stopped}`}</StatusIndicator>;
  if (filling) return <StatusIndicator type="in-progress">{text.filling}</StatusIndicator>;
  return <StatusIndicator type={caughtUp ? 'success' : 'in-progress'}>{text.caughtUp}</StatusIndicator>;
}

function ModelsTable() {
  return (
    <WatchedTable<Model>
      title={text.models}
      words={text.modelsWords}
      empty={text.noData}
      query={useModels()}
      columns={[
        { id: 'name', header: text.model, isRowHeader: true, cell: ({ name }) => name },
        { id: 'standing', header: text.caughtUp, cell: (model) => <Standing {...model} /> },
        {
          id: 'behind',
          header: text.behind,
          cell: ({ behind }) => `${text.events(behind.events, behind.more)}, ${durationText(behind.seconds * 1_000)}`,
        },
      ]}
    />
  );
}

export function OperationsPage() {
  useTitle(text.title);
  if (!has(usePerson(), 'operator', 'auditor')) return <NotYours title={text.title} words={text.onlyFor} />;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={text.description}>
          {text.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <HaltedTable />
        <QueueTable />
        <PayersTable />
        <AnomaliesTable />
        <Suspense fallback={<Waiting />}>
          <StatisticsPart />
        </Suspense>
        <ModelsTable />
      </SpaceBetween>
    </ContentLayout>
  );
}
