/** Which guardrail keeps an object of the baseline as it is, whoever in the account tries to change it. */
import type { ObjectKind } from '../baseline/objects.js';
import { isRecord, type Json } from '../canonical-json.js';
import { parsed } from './parsed.js';
import type { OwnPolicy } from './plan.js';

/** A call by which an object of a kind is changed, and the resource that it is asked for. */
interface ChangingCall {
  readonly action: string;
  readonly resource: (named: Named) => string;
}

interface Named {
  readonly name: string;
  readonly place: string;
  readonly accountId: string;
}

const iam =
  (type: string) =>
  ({ accountId, name }: Named): string =>
    `arn:aws:iam::${accountId}:${type}/${name}`;
const any = (): string => '*';

/** One such call a kind. Source: Service Authorization Reference. */
const changingCalls: Readonly<Record<ObjectKind, ChangingCall>> = {
  'password-policy': { action: 'iam:UpdateAccountPasswordPolicy', resource: any },
  'managed-policy': { action: 'iam:CreatePolicyVersion', resource: iam('policy') },
  role: { action: 'iam:UpdateAssumeRolePolicy', resource: iam('role') },
  'role-trust': { action: 'iam:UpdateAssumeRolePolicy', resource: iam('role') },
  group: { action: 'iam:DetachGroupPolicy', resource: iam('group') },
  'handed-over-user': { action: 'iam:AttachUserPolicy', resource: iam('user') },
  'group-membership': { action: 'iam:RemoveUserFromGroup', resource: iam('group') },
  'service-linked-role': { action: 'iam:DeleteServiceLinkedRole', resource: iam('role/aws-service-role') },
  bucket: { action: 's3:PutBucketPolicy', resource: ({ name }) => `arn:aws:s3:::${name}` },
  trail: {
    action: 'cloudtrail:StopLogging',
    resource: ({ name, place, accountId }) => `arn:aws:cloudtrail:${place}:${accountId}:trail/${name}`,
  },
  'config-recorder': { action: 'config:PutConfigurationRecorder', resource: any },
  'delivery-channel': { action: 'config:PutDeliveryChannel', resource: any },
  recording: { action: 'config:StopConfigurationRecorder', resource: any },
  'public-access-block': { action: 's3:PutAccountPublicAccessBlock', resource: any },
  'alternate-contact': { action: 'account:PutAlternateContact', resource: any },
  'opt-in-region': { action: 'account:DisableRegion', resource: any },
  'volume-encryption': { action: 'ec2:DisableEbsEncryptionByDefault', resource: any },
  'instance-metadata': { action: 'ec2:ModifyInstanceMetadataDefaults', resource: any },
  'snapshot-sharing': { action: 'ec2:DisableSnapshotBlockPublicAccess', resource: any },
  'access-analyzer': {
    action: 'access-analyzer:DeleteAnalyzer',
    resource: ({ name, place, accountId }) => `arn:aws:access-analyzer:${place}:${accountId}:analyzer/${name}`,
  },
};

/** The name of the first guardrail that denies changes of the object; `undefined` where none does. */
export function coveringGuardrail(
  policies: readonly OwnPolicy[],
  { kind, ...named }: Named & { readonly kind: ObjectKind },
): string | undefined {
  const { action, resource } = changingCalls[kind];
  const on = resource(named);
  return policies.find(({ content }) => statementsOf(content).some((each) => denies(each, action, on)))?.name;
}

function statementsOf(content: string): readonly Json[] {
  const document = parsed(content);
  const statements = document !== undefined && isRecord(document) ? document.Statement : undefined;
  return Array.isArray(statements) ? statements : [];
}

const denies = (statement: Json, action: string, resource: string): boolean =>
  isRecord(statement) &&
  statement.Effect === 'Deny' &&
  bindsAll(statement.Condition) &&
  listed(statement.Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
  listed(statement.Resource).some((pattern) => resource === '*' || matches(pattern, resource));

/** A condition that only exempts principals, as the guardrails exempt the reseller's roles, frees nobody of the customer. */
const bindsAll = (condition: Json | undefined): boolean =>
  condition === undefined ||
  (isRecord(condition) && Object.keys(condition).every((operator) => /^ArnNot(Like|Equals)$/.test(operator)));

const listed = (value: Json | undefined): readonly string[] =>
  (Array.isArray(value) ? value : [value ?? '']).map(String);

/** `*` stands for any text, `?` for one character. Source: IAM User Guide, Wildcards. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
}
