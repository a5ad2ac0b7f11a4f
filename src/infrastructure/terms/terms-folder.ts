/** The terms and conditions as files, `<territory>/<party>/<version>.md`, read and digested once, at start. */
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Terms, TermsDocument } from '../../application/ports/terms.js';

type Party = TermsDocument['party'];

/** One thing that keeps the terms from being used. */
export interface TermsProblem {
  /** The file or folder. */
  readonly place: string;
  readonly problem: string;
  readonly allowed: string;
}

const parties: readonly Party[] = ['reseller', 'aws'];
const versionFile = /^(?<version>\d[\dA-Za-z.-]{0,31})\.md$/;
const byVersion = new Intl.Collator('en', { numeric: true });

/** The terms of these territories; the highest version is the one in force. Throws an error that lists every problem. */
export function openTerms(folder: string, territories: readonly string[]): Terms {
  const problems = termsProblems(folder, territories);
  const words = problems.map(({ place, problem, allowed }) => `${place} ${problem}; allowed: ${allowed}.`);
  if (words.length > 0) throw new Error(['The terms cannot be used.', ...words].join('\n'));
  const inForce = new Map(
    territories.map((territory) => [territory, parties.map((party) => current(folder, territory, party))]),
  );
  return { current: (territory) => inForce.get(territory) ?? [] };
}

/** What is wrong with the terms of these territories, one problem a document; none when they can be used. */
export function termsProblems(folder: string, territories: readonly string[]): readonly TermsProblem[] {
  return territories.flatMap((territory) =>
    parties.flatMap((party) => {
      try {
        current(folder, territory, party);
        return [];
      } catch (error) {
        if (error instanceof UnusableDocument) return [error];
        throw error;
      }
    }),
  );
}

/** The document of this party in force; its digest is over the very bytes of the file. */
function current(folder: string, territory: string, party: Party): TermsDocument {
  const place = join(folder, territory, party);
  const version = currentVersion(place);
  const file = join(place, `${version}.md`);
  const bytes = reading(file, () => readFileSync(file));
  return { party, territory, version, digest: hash('sha256', bytes), text: textOf(bytes, file) };
}

function currentVersion(place: string): string {
  const names = reading(place, () => readdirSync(place)).filter((name) => !name.startsWith('.'));
  const versions = names.map((name) => {
    const version = versionFile.exec(name)?.groups?.version;
    if (version) return version;
    throw new UnusableDocument(join(place, name), 'has a name that is no version', 'a name such as 2018-07.md');
  });
  const last = versions.toSorted(byVersion.compare).at(-1);
  if (last) return last;
  throw new UnusableDocument(place, 'has no document', 'at least one, such as 2018-07.md');
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text.trim() !== '') return text;
  } catch {
    throw new UnusableDocument(file, 'is not UTF-8', 'text in UTF-8');
  }
  throw new UnusableDocument(file, 'is empty', 'the text of the terms');
}

function reading<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UnusableDocument(place, 'does not exist', 'a document of each party');
    throw new UnusableDocument(place, `cannot be read (${code})`, 'a folder of readable documents');
  }
}

class UnusableDocument extends Error implements TermsProblem {
  constructor(
    readonly place: string,
    readonly problem: string,
    readonly allowed: string,
  ) {
    super(problem);
  }
}
