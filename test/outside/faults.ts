/** Faults that a test of a lower level can already show, and what is tried another way: where, and by which title. */

/** A file below the project's folder, and words that stand in it: a title, or a line of a script. */
export interface Shown {
  readonly file: string;
  readonly title: string;
}

const shown = (file: string, title: string): Shown => ({ file, title });

/** By number. What a test in this folder bears in its name need not stand here. */
export const shownElsewhere: Readonly<Record<string, readonly Shown[]>> = {
  F6: [
    shown('test/infrastructure/aws/baseline/name-taken.test.ts', 'a trail of our name that has its home elsewhere'),
    shown('test/infrastructure/aws/baseline/name-taken.test.ts', 'a user of our name under another path'),
  ],
  F11: [shown('test/processes/backup.test.ts', 'under write load it is whole, holds what was answered before')],
  F14: [shown('test/cli/full-pipe.test.ts', 'a service whose output nobody reads serves, and ends with 0')],
  F16: [shown('.ci/checks/40-production.sh', 'and ends with 0.')],
  F23: [
    shown('test/simulator/protocol/wire.test.ts', 'Query: a result without members is there where the model has one'),
    shown('test/aws-cli/iam-row.ts', 'update-role'),
  ],
  F24: [
    shown('test/simulator/cloudtrail/cloudtrail.test.ts', 'a trail needs the bucket, then its policy'),
    shown('test/aws-cli/audit-row.ts', 'TrailNotFoundException'),
  ],
  F25: [
    shown('test/simulator/inputs.test.ts', 'refuses by name what the model has and it does not read'),
    shown('test/simulator/inputs.test.ts', 'settings that would be dropped are refused'),
  ],
  F27: [
    shown('test/simulator/iam/iam.test.ts', 'what carries a policy is found by kind, path and use'),
    shown('test/simulator/inputs.test.ts', 'calls that are not simulated are counted under their own names'),
    shown('test/simulator/organizations/account-states.test.ts', 'SUSPENDED'),
  ],
  F28: [
    shown(
      'test/processes/lost-log.test.ts',
      'a log that is %s is refused with 78, the file, the positions and the ways on',
    ),
    shown('test/composition/lost-everything.test.ts', 'nothing is created in any payer, readiness is red'),
  ],
  F32: [
    shown('test/cli/unusable-places.test.ts', 'a data folder that is a file'),
    shown('test/cli/unusable-places.test.ts', 'whatever the service makes is readable for its owner alone'),
    shown('test/infrastructure/vault/sqlite-vault.test.ts', 'VaultDamaged'),
  ],
  F39: [shown('test/docs/readme.test.ts', 'each command of the README is answered, one line an answer')],
};

/** What no test shows here, and why. */
export const notTried: Readonly<Record<string, string>> = {
  F26: 'The evaluation of policies by the simulated AWS belongs to the hardened account, and is tried there.',
};
