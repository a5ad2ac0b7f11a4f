/** Facts that come together are drawn together. */
const gatherMs = 50;

/** Hands over what comes within a moment as one. */
export function gather<T>(tell: (items: readonly T[]) => void) {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hand = (): void => {
    const all = items;
    items = [];
    timer = undefined;
    tell(all);
  };
  return {
    add(item: T): void {
      items.push(item);
      timer ??= setTimeout(hand, gatherMs);
    },
    stop: (): void => clearTimeout(timer),
  };
}
