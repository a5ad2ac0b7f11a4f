/** The whole desired state of an account for a person to read or a program to keep: version, digest, objects and why. */
import { desiredState } from '../../../domain/baseline/desired-state.js';
import type { DesiredObject } from '../../../domain/baseline/objects.js';
import { type BaselineSettings, baselineVersion } from '../../../domain/baseline/settings.js';
import { type BaselineStep, baselineSteps } from '../../../domain/provider/steps.js';
import { baselineDigest } from './digests.js';

export interface DescribedState {
  readonly version: string;
  /** SHA-256 in hex, as BaselineApplied records it. */
  readonly digest: string;
  readonly account: string;
  readonly objects: readonly (DesiredObject & { readonly step: BaselineStep })[];
}

export const describedState = (settings: BaselineSettings): DescribedState => ({
  version: baselineVersion,
  digest: baselineDigest(settings),
  account: settings.accountId,
  objects: baselineSteps.flatMap((step) => desiredState(step, settings).map((object) => ({ step, ...object }))),
});

/** A table in Markdown, one row an object. */
export function tableOf({ version, digest, objects }: DescribedState): string {
  const rows = objects.map(({ kind, name, place, why }) => [kind.replaceAll('-', ' '), `\`${name}\``, place, why]);
  const lines = [['Object', 'Name', 'Where', 'Why'], ['---', '---', '---', '---'], ...rows];
  return [`Baseline ${version}, digest ${digest}`, '', ...lines.map((cells) => `| ${cells.join(' | ')} |`), ''].join(
    '\n',
  );
}
