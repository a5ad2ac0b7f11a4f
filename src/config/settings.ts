/** Every section of the configuration. A new one is a file in `sections/` and a name here. */
import { folderProblems } from './folders.js';
import type { Overridable } from './overrides.js';
import type { ConfigProblem } from './problems.js';
import type { BasePaths, Check, Folders, Section } from './section.js';
import { audit } from './sections/audit.js';
import { aws } from './sections/aws.js';
import { baseline } from './sections/baseline.js';
import { consoleSection } from './sections/console.js';
import { credentials } from './sections/credentials.js';
import { eventStore } from './sections/event-store.js';
import { guardrails } from './sections/guardrails.js';
import { hardening } from './sections/hardening.js';
import { identity } from './sections/identity.js';
import { limits } from './sections/limits.js';
import { liveProof } from './sections/live-proof.js';
import { logging } from './sections/logging.js';
import { metrics } from './sections/metrics.js';
import { notices } from './sections/notices.js';
import { payers } from './sections/payers.js';
import { purchases } from './sections/purchases.js';
import { readModels } from './sections/read-models.js';
import { reseller } from './sections/reseller.js';
import { rootEmailPattern } from './sections/root-email-pattern.js';
import { server } from './sections/server.js';
import { terms } from './sections/terms.js';
import { territories } from './sections/territories.js';
import { vault } from './sections/vault.js';
import { webhooks } from './sections/webhooks.js';

const sections = {
  server,
  metrics,
  logging,
  reseller,
  territories,
  payers,
  terms,
  rootEmailPattern,
  baseline,
  guardrails,
  hardening,
  liveProof,
  purchases,
  credentials,
  limits,
  aws,
  eventStore,
  readModels,
  vault,
  audit,
  identity,
  console: consoleSection,
  webhooks,
  notices,
};

type Sections = typeof sections;
type Used<Name extends keyof Sections> = ReturnType<Sections[Name]['used']>;

/** The configuration as the program uses it: every file with its whole path, and nothing left to be told from `''`. */
export type Config = { readonly [Name in keyof Sections]: Used<Name> } & { readonly folders: Folders };

const list = Object.entries<Section<never, unknown, never>>(sections);

/** The settings as they stand in the file; class-validator knows each section by its rule, and one that is left out by its default. */
export class Settings {
  [section: string]: unknown;
  constructor() {
    for (const [name, { otherwise }] of list) if (otherwise) this[name] = otherwise();
  }
}
for (const [name, { rule }] of list) rule(Settings.prototype, name);

/** What each section says about the environment. */
export const overridable: readonly Overridable[] = list.map(([name, { overrides, wrongVariables }]) => ({
  name,
  overrides: overrides ?? [],
  wrongVariables: wrongVariables ?? (() => []),
}));

/** Settings that are each right, as the program uses them. */
export function inUse(settings: Settings, paths: BasePaths): Config {
  const used = list.map(([name, section]) => [name, section.used(settings[name] as never, paths)]);
  return { ...Object.fromEntries(used), folders: paths.folders };
}

/** What no setting can show alone; none when the settings can be used together. */
export const misfits = (config: Config): readonly ConfigProblem[] => checks.flatMap((check) => check(config));

const checks: readonly Check<Config>[] = [
  ...Object.values(sections).flatMap<Check<Config>>((section) => section.checks),
  folderProblems,
];
