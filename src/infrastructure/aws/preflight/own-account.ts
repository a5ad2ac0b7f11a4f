/** Our own account: which AWS it is, as whom we act there, whether STS serves us in our region, the vault, and the archive of heads. */
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsAccess, AwsSettings } from '../calls/clients.js';
import { classify } from '../calls/errors.js';
import { type ArchivePlace, archiveLooks } from './archive.js';
import { about, type CheckResult, failureWords, looked } from './check-result.js';

/** Where secrets are kept in AWS; `undefined` where they lie in a file. */
export interface VaultPlace {
  readonly region: string;
  readonly prefix: string;
}

export interface OwnParts {
  readonly access: AwsAccess;
  readonly settings: AwsSettings;
  readonly vault: VaultPlace | undefined;
  /** `undefined` where heads are kept nowhere else. */
  readonly archive: ArchivePlace | undefined;
  readonly abortSignal: AbortSignal;
}

/** Asks as this service itself. Source: STS API, GetCallerIdentity; Secrets Manager API, GetSecretValue. */
export async function ownAccountLines(parts: OwnParts): Promise<readonly CheckResult[]> {
  const identity = await identityCheck(parts);
  const first = [whichAws(parts.settings), identity];
  if (identity.level === 'error') return first;
  const { vault, archive } = parts;
  const looks = [...(vault ? [vaultCheck(parts, vault)] : []), ...(archive ? archiveLooks(parts, archive) : [])];
  return [...first, ...(await Promise.all(looks))];
}

function whichAws({ endpoint }: AwsSettings): CheckResult {
  const finding = about('own', 'AWS');
  if (endpoint === '') return finding.ok('the real AWS');
  return finding.warning(`another one than the real AWS, at ${endpoint}`, "Set aws.endpoint to '' for the real one.");
}

async function identityCheck({ access, settings }: OwnParts): Promise<CheckResult> {
  const finding = about('own', 'credentials');
  const { region, automationRoleArn, payers } = settings;
  try {
    const { Arn: arn = '', Account: account = '' } = await access.own.sts.send(new GetCallerIdentityCommand({}));
    const payer = payers.find(({ accountId }) => accountId === account);
    if (payer)
      return finding.error(
        `${arn} is in the payer ${payer.id}`,
        'Run the service in an account of its own: no service control policy binds a payer.',
      );
    if (roleOfSession(arn) === roleOfArn(automationRoleArn)) return finding.ok(`${arn}, answered by STS in ${region}`);
    return finding.error(
      `${arn} is no session of ${automationRoleArn}`,
      'Run as aws.automationRoleArn: the payers and every account that is made trust that role alone.',
    );
  } catch (error) {
    return finding.error(failureWords(error), adviceFor(error, region));
  }
}

/** Account and name, which a session says and a role's path is no part of. Source: IAM User Guide, IAM identifiers. */
const roleOfSession = (arn: string): string => {
  const [, account, name] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return `${account} ${name}`;
};
const roleOfArn = (arn: string): string => `${arn.split(':')[4]} ${arn.split('/').at(-1)}`;

function adviceFor(error: unknown, region: string): string {
  const { kind } = classify(error);
  if (kind === 'own-credentials')
    return 'Give the SDK credentials of aws.automationRoleArn: by the environment, a profile, or the role of the machine.';
  if (kind === 'unreachable') return 'Look at aws.endpoint, at the proxy and at the firewall.';
  return `Activate STS in ${region} (IAM, account settings) in our own account, or set aws.region to one where it is.`;
}

/** A secret of that name is never made, so that AWS says it is absent to whoever may read. */
async function vaultCheck({ access }: OwnParts, { region, prefix }: VaultPlace): Promise<CheckResult> {
  const finding = about('own', 'vault');
  const unread = { level: 'error', advice: 'Give our own role the policy automation-vault.json.' } as const;
  return looked(finding, unread, async () => {
    try {
      await access.own.secrets(region).send(new GetSecretValueCommand({ SecretId: `${prefix}/preflight/0` }));
    } catch (error) {
      if (classify(error).code !== 'ResourceNotFound') throw error;
    }
    return finding.ok(
      `Secrets Manager in ${region} can be read; that it can be written is seen with the first account`,
    );
  });
}
