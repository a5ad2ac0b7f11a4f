/** Signed heads of the log: under which name, how often, and with which key, which stands in no file of the data folder. */
import { givenAuditKeys } from '../../infrastructure/audit/audit-keys.js';
import { InvalidKey } from '../../infrastructure/secret-keys.js';
import { Group, Is } from '../decorators.js';
import type { ConfigProblem } from '../problems.js';
import { logName, wholeNumber } from '../rules.js';
import { plainSection } from '../section.js';

export class AuditSettings {
  @Is(logName) readonly name: string = 'partner-cloud';
  @Is(wholeNumber(1, 86_400)) readonly headEverySeconds: number = 60;
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
