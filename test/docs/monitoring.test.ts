/** The alert rules and the dashboard, held to what the program serves at `/metrics`: no rule waits for a figure that never comes. */
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { watchFigures } from '../../src/composition/figures.js';
import { counters, durations } from '../../src/infrastructure/metrics/counted.js';
import type { Family } from '../../src/infrastructure/metrics/family.js';
import { openMetrics } from '../../src/infrastructure/metrics/registry.js';
import { exposed } from '../support/prometheus.js';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const { groups } = parse(readFileSync('deploy/prometheus/alerts.yml', 'utf8')) as {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(readFileSync('deploy/grafana/partner-cloud.json', 'utf8')) as {
  readonly panels: readonly Panel[];
};
const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const asked = [...rules.map(({ expr }) => expr), ...queries];

/** Names of series as they are asked for; those of histograms end in what is asked of them. */
const seriesIn = (expr: string): string[] => expr.match(/\b(?:partner_cloud|process|nodejs)_\w+/g) ?? [];
const labelsIn = (expr: string): string[] => [
  ...[...expr.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = '']) => label),
  ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(',').map((each) => each.trim())),
];

/** What Prometheus itself adds to every series. */
const added = ['instance', 'job', 'le'];
let served: ReadonlyMap<string, string>;
let labels: ReadonlySet<string>;

beforeAll(async () => {
  const metrics = openMetrics();
  const families: Family[] = [];
  const none = new Proxy({}, { get: () => undefined }) as never;
  const watch = (family: Family): void => {
    families.push(family);
    metrics.watch(family);
  };
  const on = {
    on: none,
    audit: none,
    delivering: none,
    health: none,
    liveConnections: () => 0,
    data: '',
    mayAct: () => true,
  };
  watchFigures({ ...metrics, watch }, on);
  // None of them can be read here; their names are told all the same.
  served = exposed(await metrics.text()).types;
  labels = new Set([
    ...added,
    ...Object.values({ ...counters, ...durations }).flatMap((each) => each.labels as readonly string[]),
    ...families.flatMap(({ gauges }) => Object.values(gauges).flatMap((gauge) => gauge.labels ?? [])),
  ]);
});

const isServed = (series: string): boolean => {
  const [, histogram] = /^(.*)_(?:bucket|sum|count)$/.exec(series) ?? [];
  return served.has(series) || (histogram !== undefined && served.get(histogram) === 'histogram');
};

test('every figure and every label that is asked for is served', () => {
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter((expr) => !/^up\{/.test(expr) && seriesIn(expr).length === 0)).toEqual([]);
  expect(asked.flatMap(seriesIn).filter((series) => !isServed(series))).toEqual([]);
  expect(asked.flatMap(labelsIn).filter((label) => !labels.has(label))).toEqual([]);
});

test('every figure of ours is asked for by the dashboard', () => {
  const shown = new Set(queries.flatMap(seriesIn).map((series) => series.replace(/_(?:bucket|sum|count)$/, '')));
  expect([...served.keys()].filter((name) => name.startsWith('partner_cloud_') && !shown.has(name))).toEqual([]);
});

test('brackets of every query are closed', () => {
  for (const expr of asked) {
    const open = [...expr.replace(/"[^"]*"/g, '')].filter((each) => '([{'.includes(each)).length;
    const closed = [...expr.replace(/"[^"]*"/g, '')].filter((each) => ')]}'.includes(each)).length;
    expect([expr, open]).toEqual([expr, closed]);
  }
});

test('an alert has a name of its own, says whom it wakes, and names a chapter that is there', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { alert, labels: given, annotations } of rules) {
    expect(alert).toMatch(/^PartnerCloud[A-Z]\w+$/);
    expect(['page', 'ticket']).toContain(given.severity);
    expect(annotations.summary).toMatch(/\.$/);
    expect([alert, existsSync(annotations.runbook ?? '')]).toEqual([alert, true]);
  }
});

test('a summary takes only values that its query leaves', () => {
  for (const { alert, expr, annotations } of rules) {
    const used = [...(annotations.summary ?? '').matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label);
    const kept = /\bby \(([^)]*)\)/
      .exec(expr)?.[1]
      ?.split(',')
      .map((each) => each.trim());
    const summed = /^(?:sum|max|min)\(/.test(expr) ? [] : undefined;
    const left = kept ?? summed ?? [...labels];
    expect([alert, used.filter((label) => !left.includes(label))]).toEqual([alert, []]);
  }
});

test('panels of the dashboard have ids of their own and do not lie on each other', () => {
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { title, gridPos } of panels)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
        expect([title, x < 24, taken.has(`${x},${y}`)]).toEqual([title, true, false]);
        taken.add(`${x},${y}`);
      }
});
