/** What a call asks for and the simulator does not do is refused by name: dropped in silence it would pass every test. */
import { AwsError, type Service } from './core.js';

/** Throws UnsupportedBySimulator 400 for the first member with a value that the operation does not read. */
export function refuseUnsimulated(
  { inputs }: Service,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): void {
  const known = (Object.hasOwn(inputs, operation) ? inputs[operation] : undefined) ?? [];
  const strange = strangeMember(input, known);
  if (strange === undefined) return;
  const message = `${operation}: the member ${strange} is not simulated. It is refused here so that it is not dropped in silence.`;
  throw new AwsError('UnsupportedBySimulator', 400, message);
}

/** Whether a member asks for anything: a switch that is off asks for what happens anyway. */
const asks = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && value !== 'false' && value !== '';

/** Known members are paths, such as `Tags.Key`; what lies below the end of a path is the operation's own to check. */
function strangeMember(value: unknown, known: readonly string[]): string | undefined {
  if (known.includes('')) return undefined;
  if (Array.isArray(value)) return first(value, (entry) => strangeMember(entry, known));
  if (typeof value !== 'object' || value === null) return undefined;
  return first(Object.entries(value), ([name, inner]) => {
    const below = known.flatMap((path) => tailOf(path, name));
    if (below.length === 0) return asks(inner) ? name : undefined;
    const strange = strangeMember(inner, below);
    return strange === undefined ? undefined : `${name}.${strange}`;
  });
}

/** What a path says below a member of this name, if it leads through it; empty text at its end. */
function tailOf(path: string, name: string): readonly string[] {
  if (path === name) return [''];
  return path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : [];
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
