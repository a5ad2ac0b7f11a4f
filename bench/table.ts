/** Results as people and programs read them: a table, and a line of JSON for each mark. */
import type { Mark, Result } from './benchmark.js';

/** One line of `--json`. */
export interface Line {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  readonly ratio: number;
  readonly markOn: Mark['on'];
  readonly mark: number;
  readonly better: Result['better'];
}

/** A line for each mark of a result. */
export const linesOf = ({ name, value, unit, baseline, ratio, better, marks }: Result): readonly Line[] =>
  marks.map(({ on, at }) => ({
    name,
    value: rounded(value),
    unit,
    baseline: rounded(baseline),
    ratio: rounded(ratio),
    markOn: on,
    mark: at,
    better,
  }));

/** Whether the mark is reached. */
export function holds({ value, ratio, markOn, mark, better }: Line): boolean {
  const figure = markOn === 'ratio' ? ratio : value;
  return better === 'higher' ? figure >= mark : figure <= mark;
}

const columns = ['Name', 'Ours', 'Baseline', 'Ratio', 'Mark', ''] as const;

/** The lines as a Markdown table, fit for docs/performance.md; without marks when they are not judged. */
export function tableOf(lines: readonly Line[], judged: boolean): string {
  const body = lines.map((line) => [
    line.name,
    `${shown(line.value)} ${line.unit}`,
    `${shown(line.baseline)} ${line.unit}`,
    shown(line.ratio),
    judged ? markOf(line) : '–',
    judged ? (holds(line) ? 'holds' : 'missed') : '',
  ]);
  const widths = columns.map((title, i) => Math.max(title.length, ...body.map((row) => row[i]?.length ?? 0)));
  const rowOf = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [rowOf(columns), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(rowOf)].join('\n');
}

function markOf({ markOn, mark, better, unit }: Line): string {
  const bound = better === 'higher' ? 'at least' : 'at most';
  return markOn === 'ratio' ? `${bound} ${mark} ×` : `${bound} ${shown(mark)} ${unit}`;
}

const shown = (value: number): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: 3, maximumFractionDigits: 3 }).format(value);

const rounded = (value: number): number => Number(value.toPrecision(4));
