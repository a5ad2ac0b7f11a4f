/** The access model of a hardened account, and what stays withheld. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextContent from '@cloudscape-design/components/text-content';
import type { Status } from '../../api/types.js';
import { type Settings, useSettings } from '../../settings.js';
import { accessText as text } from '../../text/access.js';
import { shellText } from '../../text/shell.js';
import { HardeningPart } from './hardening.js';

type Entry = keyof typeof text.rows;

/** The names that the baseline gives them; the prefix is the reseller's. */
const namesOf = (prefix: string): Readonly<Record<Entry, string>> => ({
  user: 'administrator',
  group: `${prefix}Administrators`,
  admin: `${prefix}IntegrationAdminRole`,
  readOnly: `${prefix}IntegrationReadOnlyRole`,
  operations: `${prefix}OperationsRole`,
  optimization: `${prefix}CloudOptimization`,
  automation: `${prefix}DeveloperRole`,
  root: text.root,
});

function Entries() {
  const { reseller } = useSettings();
  const names = namesOf(reseller.prefix);
  return (
    <Table
      header={
        <Header variant="h2" description={text.words}>
          {text.title}
        </Header>
      }
      wrapLines
      columnDefinitions={[
        { id: 'whom', header: text.whom, isRowHeader: true, cell: (entry: Entry) => text.rows[entry].whom },
        { id: 'name', header: text.name, cell: (entry: Entry) => <Box variant="code">{names[entry]}</Box> },
        { id: 'may', header: text.may, minWidth: 240, cell: (entry: Entry) => text.rows[entry].may },
      ]}
      items={Object.keys(text.rows) as Entry[]}
      ariaLabels={{ tableLabel: text.title }}
    />
  );
}

const linksOf = ({ reseller }: Settings) =>
  [
    [shellText.analytics, reseller.analyticsUrl],
    [shellText.monitoring, reseller.monitoringUrl],
    [shellText.support, /^https?:/.test(reseller.contact) ? reseller.contact : ''],
  ].filter(([, href]) => href !== '');

export function AccessPart({ status }: { readonly status: Status }) {
  const settings = useSettings();
  return (
    <SpaceBetween size="l">
      {status.stage === 'active' && <HardeningPart status={status} />}
      <Entries />
      <Container header={<Header variant="h2">{text.withheld}</Header>}>
        <TextContent>
          <ul>
            {text.withheldWords(settings.reseller.name).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </TextContent>
      </Container>
      <Container header={<Header variant="h2">{text.tools}</Header>}>
        <SpaceBetween size="m" direction="horizontal">
          {linksOf(settings).map(([name, href]) => (
            <Link key={name} external href={href}>
              {name}
            </Link>
          ))}
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
