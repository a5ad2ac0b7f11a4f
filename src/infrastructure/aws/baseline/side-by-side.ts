/** Some things at once, each after those it needs, but never too many: AWS meters its management calls per account. */
import pLimit from 'p-limit';

/**
 * Runs `work` for every item, at most `limit` at a time and each after the items it needs, which come before it; answers
 * in the order of the items. After a failure nothing new is begun; what runs is awaited, so that no call is left behind;
 * then the first failure is thrown.
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
  needs: (item: T) => readonly T[] = () => [],
): Promise<readonly R[]> {
  const semaphore = pLimit(limit);
  const failures: unknown[] = [];
  const results: R[] = [];
  const running = new Map<T, Promise<void>>();
  const run = async (item: T, position: number): Promise<void> => {
    await Promise.all(needs(item).map((other) => running.get(other)));
    await semaphore(async () => {
      if (failures.length > 0) return;
      try {
        results[position] = await work(item);
      } catch (error) {
        failures.push(error);
      }
    });
  };
  for (const [position, item] of items.entries()) running.set(item, run(item, position));
  await Promise.all(running.values());
  if (failures.length > 0) throw failures[0];
  return results;
}
