/** Fills files of read models from the log in one go, as a thread does that does nothing else. */
import type { Page } from '../../application/ports/event-store.js';
import type { ProjectionHealth, ReadModelName } from '../../application/ports/read-model-health.js';
import { fedVersion, healthOf, whyStill } from './fed-version.js';
import { openModelFile } from './model-file.js';
import { startProjector } from './projector.js';
import { type ReadableLog, schemaOf, type Version } from './read-model.js';

/** A file to be filled, told in a way that can be sent to another thread. */
export interface FileToFill {
  readonly model: ReadModelName;
  readonly version: number;
  readonly file: string;
}

/** Feeds the files until each has caught up or stands still, or the signal aborts; what is committed by then is kept. Answers how each then stands. */
export async function fillFiles(
  log: ReadableLog,
  files: readonly FileToFill[],
  versionOf: (wanted: FileToFill) => Version | undefined,
  signal: AbortSignal,
): Promise<readonly ProjectionHealth[]> {
  const all = files.map((wanted) => {
    const version = versionOf(wanted);
    if (!version) throw new Error(`There is no version ${wanted.version} of ${wanted.model} in this program.`);
    const form = { schema: schemaOf(version), cacheMiB: version.cacheMiB };
    return fedVersion(wanted.model, version, wanted.file, openModelFile(wanted.file, form));
  });
  const done = new AbortController();
  const moved = (): void => {
    if (all.every((fed) => fed.caughtUp || whyStill(fed) !== undefined)) done.abort();
  };
  await startProjector(inLargePages(log), all, { signal: AbortSignal.any([signal, done.signal]), moved }).ended;
  for (const { db } of all) db.close();
  return all.map((fed) => healthOf(fed, false));
}

/** So many events are folded in one transaction: a row is then written once for all of them that change it. */
const largePage = 8_000;

/** The log in pages so large that they would keep a thread that also answers from everything else. */
const inLargePages = (log: ReadableLog): ReadableLog => ({
  ...log,
  async *follow(after, signal) {
    let events: Page['events'][number][] = [];
    for await (const page of log.follow(after, signal)) {
      events = events.concat(page.events);
      if (!page.caughtUp && events.length < largePage) continue;
      yield { events, caughtUp: page.caughtUp };
      events = [];
    }
  },
});
