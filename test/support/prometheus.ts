/** Reads the text format of Prometheus, and refuses what is not it. Source: Prometheus, "Exposition formats", text version 0.0.4. */

export interface Exposed {
  /** The type of each metric by name. */
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly ExposedSample[];
}

export interface ExposedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const sampleLine = new RegExp(`^(${name})(?:\\{((?:${label},?)*)\\})? (\\S+)$`);
const typeLine = new RegExp(`^# TYPE (${name}) (counter|gauge|histogram|summary|untyped)$`);
const helpLine = new RegExp(`^# HELP (${name}) .+$`);

/** Figures are written as Go's ParseFloat reads them, which heeds no case. */
const special: ReadonlyMap<string, number> = new Map([
  ['+inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
]);

/** Throws at the first line that is none, at a sample without a type before it, and at two of the same labels. */
export function exposed(text: string): Exposed {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const types = new Map<string, string>();
  const samples: ExposedSample[] = [];
  const seen = new Set<string>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, typed, type] = typeLine.exec(line) ?? [];
    if (typed !== undefined && type !== undefined) {
      if (types.has(typed)) throw new Error(`two types of ${typed}`);
      types.set(typed, type);
    } else if (!helpLine.test(line)) {
      const sample = sampleOf(line, types);
      const key = line.slice(0, line.lastIndexOf(' '));
      if (seen.has(key)) throw new Error(`twice: ${key}`);
      seen.add(key);
      samples.push(sample);
    }
  }
  return { types, samples };
}

function sampleOf(line: string, types: ReadonlyMap<string, string>): ExposedSample {
  const [, sampled = '', labels = '', figure = ''] = sampleLine.exec(line) ?? [];
  const value = special.get(figure.toLowerCase()) ?? Number(figure);
  if (sampled === '' || figure === '' || (Number.isNaN(value) && !special.has(figure.toLowerCase())))
    throw new Error(`no line of the format: ${line}`);
  if (!types.has(metricOf(sampled, types))) throw new Error(`no type before ${line}`);
  const pairs = [...labels.matchAll(new RegExp(label, 'g'))].map(([pair]) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), JSON.parse(pair.slice(at + 1))] as const;
  });
  return { name: sampled, labels: Object.fromEntries(pairs), value };
}

/** The metric that a sample is of: histograms and summaries have samples of several names. */
export function metricOf(sampled: string, types: ReadonlyMap<string, string>): string {
  const shortened = sampled.replace(/_(bucket|sum|count)$/, '');
  return ['histogram', 'summary'].includes(types.get(shortened) ?? '') ? shortened : sampled;
}
