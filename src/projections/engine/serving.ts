/** Which version of a read model is served: a former one until the new one has caught up, then the new one alone. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectionHealth, ReadModelName } from '../../application/ports/read-model-health.js';
import { findingDamage, type Reads, watched } from './damage.js';
import { type FedVersion, fedVersion, healthOf } from './fed-version.js';
import { openModelFile, removeFile } from './model-file.js';
import { fileNameOf, type ReadableLog, schemaOf, type Version, type Versions } from './read-model.js';
import { sharedSnapshot } from './turn-snapshot.js';

/** The open versions of one read model: the one that is to be served, and a former one that is served until it is filled. */
export interface OpenReadModel<R> {
  readonly model: ReadModelName;
  readonly folder: string;
  readonly current: FedVersion<R>;
  readonly former: FedVersion<R> | undefined;
}

/** Opens the files of a read model; `thrownAway` hears why one was made anew. */
export function openReadModel<R>(
  folder: string,
  model: ReadModelName,
  [version, ...earlier]: Versions<R>,
  thrownAway: (why: string) => void,
): OpenReadModel<R> {
  if (!existsSync(folder)) mkdirSync(folder);
  const open = (opened: Version<R>): FedVersion<R> => {
    const file = fileOf(folder, model, opened);
    const form = { schema: schemaOf(opened), cacheMiB: opened.cacheMiB };
    return fedVersion(model, opened, file, openModelFile(file, form, thrownAway));
  };
  const current = open(version);
  const there = earlier.find((each) => existsSync(fileOf(folder, model, each)));
  const former = current.everFilled || !there ? undefined : open(there);
  // What was never whole is no better than what is filled now.
  if (former && !former.everFilled) former.db.close();
  return { model, folder, current, former: former?.db.isOpen ? former : undefined };
}

const fileOf = (folder: string, model: string, version: Version): string =>
  join(folder, `${fileNameOf(model, version)}.db`);

export interface Served<R> {
  /** What is read from the version that is served now; it throws as a read of a damaged file does. */
  reads(): R;
  version(): FedVersion<R>;
  health(): readonly ProjectionHealth[];
  /** To be called when a version has moved; answers whether another is served from now on. */
  moved(fed: FedVersion): boolean;
}

/** Serves a read model; `drop` is called before a former version is closed and removed. */
export function serve<R extends Reads<R>>(
  { model, folder, current, former }: OpenReadModel<R>,
  log: ReadableLog,
  drop: (fed: FedVersion) => void,
): Served<R> {
  let served = former ?? current;
  let reads = readsOf(served, log);
  let isTidy = false;

  function takeOver(): void {
    if (served === current) return;
    reads = readsOf(current, log);
    const replaced = served;
    served = current;
    drop(replaced);
    replaced.db.close();
  }

  return {
    reads: () => reads,
    version: () => served,
    health: () => (served === current ? [current] : [served, current]).map((fed) => healthOf(fed, fed === served)),
    moved(fed) {
      if (fed !== current || !fed.filled || isTidy) return false;
      takeOver();
      // What fails until here is tried again when the version moves next.
      isTidy = true;
      removeOthers(folder, model, current);
      return true;
    },
  };
}

const readsOf = <R extends Reads<R>>({ version, db, damage }: FedVersion<R>, log: ReadableLog): R =>
  watched(
    findingDamage(db, () => version.reads(db, log)),
    damage,
    sharedSnapshot(db),
  );

/** Files of other versions, earlier or later, are of no use once this one is whole. */
function removeOthers(folder: string, model: string, { name }: FedVersion): void {
  const versions = readdirSync(folder).flatMap((file) => /^(.+-\d+)\.db$/.exec(file)?.[1] ?? []);
  const others = versions.filter((each) => each !== name && each.replace(/-\d+$/, '') === model);
  for (const other of others) removeFile(join(folder, `${other}.db`));
}
