/** The whole desired state of an account for a person to read or a program to keep: version, digest, objects and why. */
import { desiredState } from '../../../domain/baseline/desired-state.js';
import type { DesiredObject } from '../../../domain/baseline/objects.js';
import { rootOfAccount } from '../../../domain/baseline/root-of-account.js';
import { type BaselineSettings, baselineVersion } from '../../../domain/baseline/settings.js';
import { type BaselineStep, baselineSteps } from '../../../domain/provider/steps.js';
import { baselineDigest } from './digests.js';

export interface DescribedState {
  readonly version: string;
  /** SHA-256 in hex, as BaselineApplied records it. */
  readonly digest: string;
  readonly account: string;
  readonly objects: readonly (DesiredObject & { readonly step: BaselineStep })[];
  /** What no step applies and every look is held to. */
  readonly root: typeof rootOfAccount;
}

export const describedState = (settings: BaselineSettings): DescribedState => ({
  version: baselineVersion,
  digest: baselineDigest(settings),
  account: settings.accountId,
  objects: baselineSteps.flatMap((step) => desiredState(step, settings).map((object) => ({ step, ...object }))),
  root: rootOfAccount,
});

/** One row for what is the same in several regions. */
function rowsOf(objects: DescribedState['objects']): readonly (readonly string[])[] {
  const rows = new Map<string, { readonly object: DesiredObject; readonly places: readonly string[] }>();
  for (const object of objects) {
    const { kind, name, why, place } = object;
    const known = rows.get(`${kind} ${name} ${why}`) ?? { object, places: [] };
    rows.set(`${kind} ${name} ${why}`, { ...known, places: [...known.places, place] });
  }
  return [...rows.values()].map(({ object: { kind, name, why }, places }) => [
    kind.replaceAll('-', ' '),
    `\`${name}\``,
    places.length > mostNamed ? `${places.length} regions` : places.join(', '),
    why,
  ]);
}

/** More regions than this are counted and not named. */
const mostNamed = 4;

/** A table in Markdown, one row an object in the regions where it is. */
export function tableOf({ version, digest, objects, root }: DescribedState): string {
  const ofRoot = [root.kind, `\`${root.name}\``, root.place, root.why];
  const lines = [['Object', 'Name', 'Where', 'Why'], ['---', '---', '---', '---'], ...rowsOf(objects), ofRoot];
  return [`Baseline ${version}, digest ${digest}`, '', ...lines.map((cells) => `| ${cells.join(' | ')} |`), ''].join(
    '\n',
  );
}
