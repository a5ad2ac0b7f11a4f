/** Signed heads of the log: under which name, how often, and with which key, which stands in no file of the data folder. */
import { givenAuditKeys } from '../../infrastructure/audit/audit-keys.js';
import { InvalidKey } from '../../infrastructure/secret-keys.js';
import { bucketName, objectPath, regionName } from '../aws-rules.js';
import { Group, Is, OptionalGroup } from '../decorators.js';
import type { ConfigProblem } from '../problems.js';
import { logName, orEmpty, wholeNumber } from '../rules.js';
import { plainSection } from '../section.js';

/** A bucket made with Object Lock, where heads are kept besides. */
class ArchiveSettings {
  @Is(bucketName) readonly bucket!: string;
  @Is(regionName) readonly region!: string;
  @Is(orEmpty(objectPath, 'none')) readonly prefix: string = '';
  /** Nobody can shorten it once a head is kept. */
  @Is(wholeNumber(1, 36_500)) readonly retainDays: number = 3_650;
}

export class AuditSettings {
  @Is(logName) readonly name: string = 'partner-cloud';
  @Is(wholeNumber(1, 86_400)) readonly headEverySeconds: number = 60;
  @OptionalGroup(() => ArchiveSettings) readonly archive?: ArchiveSettings;
}

function auditKeyProblems(env: NodeJS.ProcessEnv): readonly ConfigProblem[] {
  try {
    givenAuditKeys(env);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidKey)) throw error;
    return [{ path: error.source, problem: error.problem, allowed: error.allowed }];
  }
}

export const audit = plainSection<AuditSettings>(
  Group(() => AuditSettings),
  { otherwise: () => new AuditSettings(), wrongVariables: auditKeyProblems },
);
