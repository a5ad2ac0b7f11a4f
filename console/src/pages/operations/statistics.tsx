/** What happened over the last 30 days, as charts with the same figures in words for whoever cannot see them. */
import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { readStatistics } from '../../../../src/client/generated/sdk.gen.js';
import type { Statistics } from '../../../../src/client/generated/types.gen.js';
import { asked } from '../../api/asked.js';
import { haltsIn } from '../../format/statistics.js';
import { ProblemAlert } from '../../shell/problem.js';
import { Waiting } from '../../shell/waiting.js';
import { operationsText as text } from '../../text/operations.js';

const everyMs = 60_000;
const chartHeight = 220;

interface Bars {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly {
    readonly title: string;
    readonly data: readonly { readonly x: string; readonly y: number }[];
  }[];
  /** Counts have no fractions, and durations do. */
  readonly whole?: boolean;
}

/** A line of the grid between two whole numbers has no number of its own. */
const wholeOnly = (value: number): string => (Number.isInteger(value) ? String(value) : '');

const Chart = ({ title, x, y, series, whole = false }: Bars) => (
  <Box>
    <Box variant="h3" padding={{ bottom: 's' }}>
      {title}
    </Box>
    <BarChart
      ariaLabel={title}
      height={chartHeight}
      hideFilter
      {...(whole ? { i18nStrings: { yTickFormatter: wholeOnly } } : {})}
      xScaleType="categorical"
      xTitle={x}
      yTitle={y}
      series={series.map((each) => ({ type: 'bar', ...each }))}
      empty={<Box textAlign="center">{text.noData}</Box>}
      noMatch={<Box textAlign="center">{text.noData}</Box>}
    />
  </Box>
);

/** `11-24` of `2026-11-24`: the year is the same for nearly all of them. */
const dayOf = (iso: string): string => iso.slice(5);

const Accounts = ({ periods }: Statistics) => (
  <Chart
    title={text.accounts}
    x={text.perDay}
    y={text.count}
    whole
    series={[
      { title: text.requests, data: periods.map(({ from, requests }) => ({ x: dayOf(from), y: requests })) },
      { title: text.ready, data: periods.map(({ from, ready }) => ({ x: dayOf(from), y: ready })) },
    ]}
  />
);

const Durations = ({ durations }: Statistics) => (
  <Chart
    title={text.durations}
    x={text.step}
    y={text.seconds}
    series={[
      { title: text.median, data: durations.map(({ step, p50Seconds }) => ({ x: step, y: p50Seconds })) },
      { title: text.p90, data: durations.map(({ step, p90Seconds }) => ({ x: step, y: p90Seconds })) },
      { title: text.p99, data: durations.map(({ step, p99Seconds }) => ({ x: step, y: p99Seconds })) },
    ]}
  />
);

function Halts({ periods }: Statistics) {
  const data = haltsIn(periods).map(([reason, count]) => ({ x: reason, y: count }));
  const series = data.length === 0 ? [] : [{ title: text.halted, data }];
  return <Chart title={text.halts} x={text.reason} y={text.count} whole series={series} />;
}

const Charts = (statistics: Statistics): ReactNode => (
  <ColumnLayout columns={2}>
    <Accounts {...statistics} />
    <Durations {...statistics} />
    <Halts {...statistics} />
  </ColumnLayout>
);

export function StatisticsPart() {
  const { data, error, refetch } = useQuery({
    queryKey: ['statistics'],
    refetchInterval: everyMs,
    queryFn: ({ signal }) => asked(readStatistics({ signal }), 'periods', 'durations'),
  });
  return (
    <Container
      header={
        <Header variant="h2" description={text.statisticsWords}>
          {text.statistics}
        </Header>
      }
    >
      {error && <ProblemAlert error={error} again={() => refetch()} />}
      {!data && !error && <Waiting />}
      {data && <Charts {...data} />}
    </Container>
  );
}
