/** A page of a list in the order that its reader asked for. */

const compare = (one: unknown, other: unknown): number => {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one ?? '').localeCompare(String(other ?? ''), 'en', { numeric: true, sensitivity: 'base' });
};

/** A copy; equal ones stay in the order in which they came. */
export function sorted<T>(items: readonly T[], by: (item: T) => unknown, descending: boolean): readonly T[] {
  const direction = descending ? -1 : 1;
  return [...items].sort((one, other) => direction * compare(by(one), by(other)));
}
