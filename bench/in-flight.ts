/** Keeps a number of pieces of work under way at once until all are done. */

/** Runs `work` for 0 … times-1, so many at once; a failure ends it. */
export async function inFlight(
  atOnce: number,
  times: number,
  work: (index: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
