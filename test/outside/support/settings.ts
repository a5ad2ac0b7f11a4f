/** The configuration that comes with the program, changed in places. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

type Change = readonly [was: string | RegExp, is: string];

/** Writes it into the folder; answers with its path. Throws for a change that finds nothing to change. */
export function settingsWith(folder: string, ...changes: readonly Change[]): string {
  const file = join(folder, 'settings.yaml');
  const all: readonly Change[] = [['folder: terms', `folder: ${resolve('config/terms')}`], ...changes];
  const text = all.reduce(
    (settings, [was, is]) => {
      const changed = settings.replace(was, is);
      if (changed === settings) throw new Error(`The configuration has no ${was}.`);
      return changed;
    },
    readFileSync('config/partner-cloud.yaml', 'utf8'),
  );
  writeFileSync(file, text);
  return file;
}
