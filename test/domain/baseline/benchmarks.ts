/** Public benchmarks, row by row: what of the desired state fulfils each, or why it is not ours to fulfil. */
import type { Desired, DesiredObject, ObjectKind } from '../../../src/domain/baseline/objects.js';
import { defaultRegions } from '../../../src/domain/baseline/regions.js';
import { type GuardrailChange, planGuardrails } from '../../../src/domain/guardrails/plan.js';
import { guardrails } from '../../../src/domain/guardrails/service-control-policies.js';
import { settings } from './account.js';

type Holds = (objects: readonly DesiredObject[]) => boolean;

/** `why` without a condition: the row is the customer's own business, not applicable, or comes later. */
export interface Row {
  readonly id: string;
  readonly title: string;
  readonly holds?: Holds;
  readonly otherwise?: 'customer' | 'not applicable' | 'not passed, on purpose' | 'later';
  readonly why?: string;
}

const ofKind = (objects: readonly DesiredObject[], kind: ObjectKind) => objects.filter((each) => each.kind === kind);
const some =
  (kind: ObjectKind): Holds =>
  (objects) =>
    ofKind(objects, kind).length > 0;
const inEveryRegion =
  (kind: ObjectKind): Holds =>
  (objects) =>
    defaultRegions.every((region) => ofKind(objects, kind).some(({ place }) => place === region));
const member =
  (kind: ObjectKind, wanted: Readonly<Record<string, unknown>>): Holds =>
  (objects) =>
    ofKind(objects, kind).length > 0 &&
    ofKind(objects, kind).every(({ members }) =>
      Object.entries(wanted).every(([name, value]) =>
        Object.entries(members).some(([n, v]) => n === name && v === value),
      ),
    );
const policyOfEveryBucket =
  (sid: string): Holds =>
  (objects) =>
    some('bucket')(objects) &&
    objects.every(
      (object) => object.kind !== 'bucket' || object.members.policy.Statement.some(({ Sid }) => Sid === sid),
    );

/** What the guardrails above the account deny, as one text. */
const denied = JSON.stringify(guardrails(settings));
const guarded =
  (...actions: readonly string[]): Holds =>
  () =>
    actions.every((action) => denied.includes(action));

const carriers = (objects: readonly DesiredObject[]): readonly string[] =>
  objects.flatMap((object) => (object.kind === 'role' || object.kind === 'group' ? object.members.policies : []));

/** Whether an application of the guardrails to an organization that has nothing makes this change. */
const applied =
  (...actions: readonly GuardrailChange['action'][]): Holds =>
  () => {
    const bare = { root: 'r-1', allFeatures: true, policyTypeEnabled: false, own: [], attached: {} };
    const rootAccess = { trusted: false, credentials: false, sessions: false };
    const made = planGuardrails([], { ...bare, rootAccess }).map(({ action }) => action);
    return actions.every((action) => made.includes(action));
  };

const ofItsOwn = ({ members }: Desired<'handed-over-user'>): readonly string[] => [
  ...members.policies,
  ...members.inlinePolicies,
];

const noRoot = 'an account is made without credentials of root; the log records it as rootless';
const money = 'costs by use';
const vendsFrom = 'the reseller works from an automation account; its payers hold the organization alone';
const oneUnit = 'customers share a unit for its guardrails; each environment of theirs is an account of its own';
const theirs = 'depends on what the customer builds';

/** Titles in our words, by the numbers of version 7.0.0: all of its rows. Source of the numbers: Prowler, cis_7.0_aws. */
export const cis: readonly Row[] = [
  {
    id: '2.1.1',
    title: 'Root access of members is managed centrally',
    holds: applied('enable-trusted-access', 'enable-root-credentials-management', 'enable-root-sessions'),
  },
  {
    id: '2.1.2',
    title: 'Guardrails above the account',
    holds: guarded('organizations:LeaveOrganization', 'aws:PrincipalArn'),
  },
  { id: '2.1.3', title: 'Nothing runs in the management account', otherwise: 'not applicable', why: vendsFrom },
  { id: '2.1.4', title: 'Units by environment and sensitivity', otherwise: 'not applicable', why: oneUnit },
  {
    id: '2.1.5',
    title: 'A delegated administrator keeps the policies of the organization',
    otherwise: 'not passed, on purpose',
    why: 'one role of the payer writes them, at an operator’s word, and no member account does',
  },
  {
    id: '2.1.6',
    title: 'Delegated administrators for services of the organization',
    otherwise: 'later',
    why: `each of these services ${money}`,
  },
  { id: '2.2', title: 'Contact of the account is kept', holds: guarded('account:PutContactInformation') },
  {
    id: '2.3',
    title: 'Security contact is registered',
    holds: (objects) => ofKind(objects, 'alternate-contact').some(({ name }) => name === 'SECURITY'),
  },
  {
    id: '2.4',
    title: 'No access keys of root',
    otherwise: 'not applicable',
    why: noRoot,
  },
  { id: '2.5, 2.6', title: 'MFA for root', otherwise: 'not applicable', why: noRoot },
  { id: '2.7', title: 'Root is not used', holds: guarded('arn:aws:iam::*:root', 'aws:AssumedRoot') },
  { id: '2.8', title: 'Passwords of 14 characters or more', holds: member('password-policy', { minimumLength: 14 }) },
  { id: '2.9', title: 'Passwords are not reused', holds: member('password-policy', { reusePrevention: 24 }) },
  {
    id: '2.10',
    title: 'MFA for every console user',
    otherwise: 'customer',
    why: "each person enrols a device; until then the administrators' policy opens nothing else",
  },
  {
    id: '2.11',
    title: 'Credentials unused for 45 days are disabled',
    otherwise: 'customer',
    why: 'each organization knows who has left; what is handed over expires unclaimed',
  },
  {
    id: '2.12',
    title: 'Access keys are rotated every 90 days',
    otherwise: 'customer',
    why: 'no access keys are made here; `aws login` and sessions need none',
  },
  {
    id: '2.13',
    title: 'Users have permissions through groups alone',
    holds: (objects) =>
      objects.some((object) => object.kind === 'group' && object.members.policies.length > 0) &&
      some('group-membership')(objects) &&
      some('handed-over-user')(objects) &&
      objects.every((object) => object.kind !== 'handed-over-user' || ofItsOwn(object).length === 0) &&
      guarded('iam:AttachUserPolicy', 'iam:PutUser')(objects),
  },
  {
    id: '2.14',
    title: 'No administrator policy is attached',
    otherwise: 'not passed, on purpose',
    why: 'the automation role carries AdministratorAccess, because whatever it could not do it could not repair',
  },
  {
    id: '2.15',
    title: 'A role for AWS Support',
    holds: (objects) =>
      objects.some(
        (object) => object.kind === 'role' && object.members.policies.some((arn) => arn.endsWith('/AWSSupportAccess')),
      ),
  },
  { id: '2.16', title: 'Machines use roles', otherwise: 'customer', why: theirs },
  { id: '2.17', title: 'Expired certificates are removed from IAM', otherwise: 'customer', why: theirs },
  { id: '2.18', title: 'Access Analyzer in every region', holds: inEveryRegion('access-analyzer') },
  {
    id: '2.19',
    title: 'People come from an identity provider',
    otherwise: 'customer',
    why: 'the first user is handed over for the first day; the console roles are federated',
  },
  {
    id: '2.20',
    title: 'AWSCloudShellFullAccess is given to nobody',
    holds: (objects) =>
      carriers(objects).length > 0 && !carriers(objects).some((arn) => arn.endsWith('/AWSCloudShellFullAccess')),
  },
  {
    id: '2.21',
    title: 'No resource policy allows anything to everybody',
    holds: (objects) =>
      some('bucket')(objects) &&
      objects.every(
        (object) =>
          object.kind !== 'bucket' ||
          object.members.policy.Statement.every(
            ({ Effect, Principal }) => Effect === 'Deny' || !JSON.stringify(Principal).includes('*'),
          ),
      ),
  },
  { id: '3.1.1', title: 'Buckets refuse clear text', holds: policyOfEveryBucket('DenyClearText') },
  {
    id: '3.1.2',
    title: 'MFA delete',
    otherwise: 'not applicable',
    why: 'only root can switch it on, and there is no root',
  },
  { id: '3.1.3', title: 'Data in S3 is classified', otherwise: 'later', why: `Macie ${money}` },
  {
    id: '3.1.4',
    title: 'S3 blocks public access, account and buckets',
    holds: (objects) =>
      some('public-access-block')(objects) && member('bucket', { publicAccessBlocked: true })(objects),
  },
  {
    id: '3.2.1–3.2.4',
    title: 'Databases are encrypted, patched, not public and in several zones',
    otherwise: 'customer',
    why: theirs,
  },
  { id: '3.3.1', title: 'File systems are encrypted', otherwise: 'customer', why: theirs },
  {
    id: '4.1',
    title: 'CloudTrail in all regions',
    holds: member('trail', { multiRegion: true, allManagementEvents: true, logging: true }),
  },
  { id: '4.2', title: 'Log files are validated', holds: member('trail', { logFileValidation: true }) },
  { id: '4.3', title: 'AWS Config in all regions', holds: inEveryRegion('config-recorder') },
  {
    id: '4.4',
    title: "Access to the trail's bucket is logged",
    otherwise: 'later',
    why: `a further bucket, which ${money}`,
  },
  {
    id: '4.5',
    title: 'The trail is encrypted with a key of its own',
    otherwise: 'later',
    why: `a key of KMS ${money}`,
  },
  { id: '4.6', title: 'Keys of KMS are rotated', otherwise: 'customer', why: theirs },
  { id: '4.7', title: 'Flow logs in every VPC', otherwise: 'customer', why: theirs },
  {
    id: '4.8, 4.9',
    title: 'Reads and writes of objects are recorded',
    otherwise: 'later',
    why: 'data events cost by use',
  },
  { id: '4.10', title: 'Web front ends log who comes', otherwise: 'customer', why: theirs },
  { id: '5.1–5.15', title: 'Metric filters and alarms', otherwise: 'later', why: 'log groups and alarms cost by use' },
  { id: '5.16', title: 'Security Hub', otherwise: 'later', why: `it ${money}` },
  { id: '6.1.1', title: 'Volumes are encrypted by default', holds: inEveryRegion('volume-encryption') },
  { id: '6.1.2', title: 'File shares are open to trusted networks alone', otherwise: 'customer', why: theirs },
  { id: '6.2, 6.5', title: 'Network lists and default groups are closed', otherwise: 'customer', why: theirs },
  { id: '6.3, 6.4', title: 'No administration port is open to the whole world', otherwise: 'customer', why: theirs },
  { id: '6.6', title: 'Routes between networks are narrow', otherwise: 'customer', why: theirs },
  { id: '6.7', title: 'Machines use IMDSv2', holds: inEveryRegion('instance-metadata') },
  { id: '6.8', title: 'AWS is reached by endpoints of the network', otherwise: 'customer', why: theirs },
];

/** The controls that Control Tower always has on. Source: Control Tower guide, mandatory controls. */
export const controlTower: readonly Row[] = [
  {
    id: 'CLOUDTRAIL_CHANGE_PROHIBITED',
    title: 'Nobody changes the trail',
    holds: guarded('cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'),
  },
  {
    id: 'CONFIG_CHANGE_PROHIBITED',
    title: 'Nobody changes the recorder',
    holds: guarded('config:StopConfigurationRecorder', 'config:DeleteDeliveryChannel'),
  },
  { id: 'IAM_ROLE_CHANGE_PROHIBITED', title: "Nobody changes the reseller's roles", holds: guarded('role/CTL') },
  {
    id: 'AUDIT_BUCKET_DELETION_PROHIBITED',
    title: 'Nobody deletes the buckets of the record',
    holds: guarded('ctlaudit-', 'ctlconfig-'),
  },
  {
    id: 'AUDIT_BUCKET_POLICY_, _LIFECYCLE_, _LOGGING_ and _ENCRYPTION_CHANGE_PROHIBITED',
    title: 'Nobody changes the settings of these buckets',
    holds: guarded('s3:Put*', 's3:Delete*'),
  },
  {
    id: 'AUDIT_BUCKET_ENCRYPTION_ENABLED',
    title: 'The buckets of the record are encrypted',
    holds: member('bucket', { encryption: 'AES256' }),
  },
  {
    id: 'CONFIG_RULE_, CONFIG_AGGREGATION_, CLOUDWATCH_EVENTS_, LAMBDA_, SNS_, LOG_GROUP_POLICY_CHANGE_PROHIBITED',
    title: "Nobody changes Control Tower's own",
    otherwise: 'not applicable',
    why: 'the baseline makes none of these',
  },
];

/** What AWS's own sample of a landing zone sets up beside that, and an organization's trail. Source: Landing Zone Accelerator, sample configuration. */
export const landingZone: readonly Row[] = [
  {
    id: 'Service control policies',
    title: 'Guardrails above the account',
    holds: guarded('organizations:LeaveOrganization'),
  },
  { id: 'Access Analyzer', title: 'Access from outside is found', holds: inEveryRegion('access-analyzer') },
  { id: 'EBS encryption', title: 'Volumes are encrypted by default', holds: inEveryRegion('volume-encryption') },
  {
    id: 'S3 block',
    title: 'The account blocks public access',
    holds: member('public-access-block', { blocked: true }),
  },
  { id: 'GuardDuty', title: 'Threats are detected', otherwise: 'later', why: `it ${money}` },
  { id: 'Macie', title: 'Data in S3 is classified', otherwise: 'later', why: `it ${money}` },
  { id: 'Security Hub', title: 'Findings are gathered', otherwise: 'later', why: `it ${money}` },
  { id: 'Key of KMS', title: 'The record is encrypted with a key of its own', otherwise: 'later', why: `it ${money}` },
  {
    id: 'Metric filters and alarms',
    title: 'Somebody is told',
    otherwise: 'later',
    why: 'log groups and alarms cost by use',
  },
  {
    id: 'Organization trail',
    title: 'One trail of the payer records all accounts',
    otherwise: 'later',
    why: `beside the trail of each account it is a second copy of every event, which ${money}`,
  },
];
