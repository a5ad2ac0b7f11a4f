/** A search over all providers, with the evidence of each. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { readEvidence } from '../../../../src/client/generated/sdk.gen.js';
import { asked } from '../../api/asked.js';
import { unreadableAnswer } from '../../api/problem.js';
import type { Status } from '../../api/types.js';
import { usePerson } from '../../auth/person.js';
import { Moment } from '../../shell/moment.js';
import { ProblemAlert } from '../../shell/problem.js';
import { save } from '../../shell/save.js';
import { ProviderLink } from '../../shell/watched-table.js';
import { auditText as text } from '../../text/audit.js';
import { StageOf } from '../provider/details.js';
import { noFilters } from '../providers/filters.js';
import { useProviderPage } from '../providers/use-page.js';

/** The archive as it came, which verifies without this service. */
async function download({ id }: Status): Promise<void> {
  const archive = await asked(readEvidence({ path: { id }, parseAs: 'blob' }));
  if (!(archive instanceof Blob) || archive.type !== 'application/zip') throw unreadableAnswer;
  save(archive, `evidence-${id}.zip`);
}

export function EvidencePart() {
  const [name, setName] = useState('');
  const person = usePerson();
  const { query } = useProviderPage(person, { ...noFilters, name });
  const evidence = useMutation({ mutationFn: download });
  const button = (status: Status) => (
    <Button
      iconName="download"
      ariaLabel={text.evidenceOf(status.name ?? status.id)}
      loading={evidence.isPending && evidence.variables?.id === status.id}
      onClick={() => evidence.mutate(status)}
    >
      {text.download}
    </Button>
  );
  return (
    <>
      {evidence.error && <ProblemAlert error={evidence.error} />}
      {query.error && <ProblemAlert error={query.error} again={() => query.refetch()} />}
      <Table
        header={
          <Header variant="h2" description={text.searchWords}>
            {text.search}
          </Header>
        }
        filter={
          <TextFilter
            filteringText={name}
            filteringPlaceholder={text.find}
            filteringAriaLabel={text.find}
            filteringClearAriaLabel={text.clear}
            onChange={({ detail }) => setName(detail.filteringText)}
          />
        }
        columnDefinitions={[
          {
            id: 'name',
            header: text.name,
            isRowHeader: true,
            cell: (status: Status) => <ProviderLink id={status.id} name={status.name} />,
          },
          { id: 'organization', header: text.organization, cell: ({ organization }) => organization ?? '–' },
          { id: 'account', header: text.account, cell: ({ account }) => account?.id ?? '–' },
          { id: 'stage', header: text.stage, cell: ({ stage }) => <StageOf stage={stage} /> },
          { id: 'requested', header: text.requested, cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
          { id: 'evidence', header: text.evidence, cell: button },
        ]}
        items={query.data?.items ?? []}
        trackBy="id"
        loading={query.isPending}
        loadingText={text.loading}
        empty={query.data && <Box textAlign="center">{text.none}</Box>}
        ariaLabels={{ tableLabel: text.table }}
      />
    </>
  );
}
