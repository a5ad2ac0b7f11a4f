/** Signed heads as files, one each, in a folder for each log; the file's name is the size of the tree. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { HeadFiles, SignedHead } from '../../application/ports/signed-heads.js';
import { readNote } from '../../domain/audit/checkpoint.js';
import { ownFolder, writeOwn } from '../own-file.js';
import { signedHeadOf } from './signing-key.js';

/** The folder of all heads in the data folder. */
export const headsFolderName = 'audit-heads';

const digits = 15;
const nameOf = (size: number): string => `${String(size).padStart(digits, '0')}.checkpoint`;
const form = /^(\d{15})\.checkpoint$/;

/** The sizes of the trees whose heads are kept in a folder, the smallest first. */
function sizesIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name) => form.exec(name)?.[1] ?? []);
  return found.map(Number).sort((a, b) => a - b);
}

/** Opens the heads of one log. Throws MalformedNote where a file that is asked for holds no checkpoint. */
export function openHeadFiles(folder: string): HeadFiles {
  ownFolder(folder);
  let sizes = sizesIn(folder);
  const archived = archivedIn(folder);
  const headOf = (size: number): SignedHead => signedHeadOf(readNote(readFileSync(join(folder, nameOf(size)), 'utf8')));
  const found = (size: number | undefined): SignedHead | undefined => (size === undefined ? undefined : headOf(size));
  return {
    last: () => found(sizes.at(-1)),
    firstFrom: (size) => found(sizes[firstAtLeast(sizes, size)]),
    keep({ size, note }) {
      if (sizes.includes(size, firstAtLeast(sizes, size))) return;
      const draft = join(folder, `.${randomUUID()}.new`);
      writeOwn(draft, note);
      renameSync(draft, join(folder, nameOf(size)));
      sizes.splice(firstAtLeast(sizes, size), 0, size);
    },
    ...archived,
    setAside(from) {
      if (archived.archivedUpTo() > from) archived.noteArchived(from);
      const lost = sizes.filter((size) => size > from);
      for (const size of lost)
        renameSync(join(folder, nameOf(size)), join(folder, `${nameOf(size)}.lost-${randomUUID()}`));
      sizes = sizes.filter((size) => size <= from);
    },
  };
}

const markerName = 'archived-up-to';

/** How far the archive outside has them: a number in a file, so that a start sends none twice; without it all are sent again. */
function archivedIn(folder: string): Pick<HeadFiles, 'archivedUpTo' | 'noteArchived'> {
  const marker = join(folder, markerName);
  return {
    archivedUpTo: () => (existsSync(marker) ? Number.parseInt(readFileSync(marker, 'utf8'), 10) || 0 : 0),
    noteArchived(size) {
      const draft = join(folder, `.${randomUUID()}.new`);
      writeOwn(draft, `${size}\n`);
      renameSync(draft, marker);
    },
  };
}

/** The place of the first size that is large enough; beyond the last one where none is. */
function firstAtLeast(sizes: readonly number[], size: number): number {
  let [low, high] = [0, sizes.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((sizes[middle] ?? 0) < size) low = middle + 1;
    else high = middle;
  }
  return low;
}
