/** The policies that hang on what is entered or written to: whom roles trust, and who writes and reads the record. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { objectKey } from '../../src/domain/baseline/plan.js';
import type { PolicyDocument } from '../../src/domain/baseline/policy-document.js';
import { accountId, everything, iam, objects, settings } from './account.js';

/** A policy that hangs on an object of the baseline, by the key of the object. */
export interface Hung {
  readonly on: string;
  readonly document: PolicyDocument;
}

export const hung: readonly Hung[] = objects.flatMap((object) => {
  const on = objectKey(object);
  if (object.kind === 'role' || object.kind === 'role-trust') return [{ on, document: object.members.trust }];
  return object.kind === 'bucket' ? [{ on, document: object.members.policy }] : [];
});

type Outcome = 'allowed' | 'not allowed' | 'denied';

export interface Door {
  /** ARN of a role or user, or the name of a service. */
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  readonly on: string;
  readonly context: Readonly<Record<string, string>>;
  /** `denied`: by a statement, whatever else allows it. */
  readonly outcome: Outcome;
  readonly why: string;
}

const [automation, payer] = [settings.automationRoleArn, settings.payerRoleArn ?? ''];
const accountOf = (arn: string): string => arn.split(':')[4] ?? '';
const beside = (arn: string, name: string): string => `arn:aws:iam::${accountOf(arn)}:role/${name}`;
const stranger = 'arn:aws:iam::999999999999:role/PartnerCloudAutomation';
const theirs = iam('role/theirs');

const entering =
  (role: string, on = `role/${role}/global`) =>
  (who: string, action: string, outcome: Outcome, why: string): Door => ({
    ...{ who, action, resource: iam(`role/${role}`), on, outcome, why },
    context: { 'aws:PrincipalArn': who, 'aws:PrincipalAccount': accountOf(who) },
  });

const trusted = objects.flatMap(({ kind, name }) =>
  kind === 'role' && name !== 'CTLServiceManagmentRole' ? [name] : [],
);

const ofRoles = trusted.flatMap((name): readonly Door[] => {
  const into = entering(name);
  return [
    into(automation, 'sts:AssumeRole', 'allowed', 'the automation works through it'),
    into(automation, 'sts:SetSourceIdentity', 'allowed', 'the trail says who acted'),
    into(automation, 'sts:TagSession', 'allowed', 'sessions carry what they are for'),
    into(
      beside(automation, 'Other'),
      'sts:AssumeRole',
      'not allowed',
      'another role of the automation`s account stays out',
    ),
    into(stranger, 'sts:AssumeRole', 'not allowed', 'a role of the same name elsewhere stays out'),
    into(theirs, 'sts:AssumeRole', 'not allowed', 'the customer does not become the reseller'),
  ];
});

const intoNobodys = entering('CTLServiceManagmentRole');
const intoDefault = entering('OrganizationAccountAccessRole', 'role-trust/OrganizationAccountAccessRole/global');

const ofOthers: readonly Door[] = [
  intoNobodys(automation, 'sts:AssumeRole', 'denied', 'nobody is a service manager yet'),
  intoDefault(payer, 'sts:AssumeRole', 'allowed', 'the way in when our own role is broken'),
  intoDefault(beside(payer, 'BreakGlass'), 'sts:AssumeRole', 'allowed', 'people get in when nothing else does'),
  intoDefault(beside(payer, 'Person'), 'sts:AssumeRole', 'not allowed', 'the rest of the payer stays out'),
  intoDefault(automation, 'sts:AssumeRole', 'not allowed', 'the automation comes through the payer'),
  intoDefault(theirs, 'sts:AssumeRole', 'not allowed', 'the customer does not become the reseller'),
];

const bucketOf = (purpose: string) => {
  const name = `ctl${purpose}-${accountId}-us-east-1-an`;
  return { on: `bucket/${name}/us-east-1`, bucket: `arn:aws:s3:::${name}` };
};
const [audit, config] = [bucketOf('audit'), bucketOf('config')];
const owner = { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SecureTransport': 'true' };
const trail = { ...owner, 'aws:SourceArn': `arn:aws:cloudtrail:us-east-1:${accountId}:trail/ctl-audit` };
const ofAccount = { ...owner, 'aws:SourceAccount': accountId };
const [cloudTrail, recorder] = ['cloudtrail.amazonaws.com', 'config.amazonaws.com'];
const written = (folder: string): string => `${audit.bucket}/AWSLogs/${folder}/CloudTrail/a.json.gz`;
const delivered = (folder: string): string => `${config.bucket}/AWSLogs/${folder}/Config/a.json.gz`;

type BucketRow = readonly [
  who: string,
  action: string,
  resource: string,
  context: Door['context'],
  outcome: Outcome,
  why: string,
];

const writing = (on: string, rows: readonly BucketRow[]): readonly Door[] =>
  rows.map(([who, action, resource, context, outcome, why]) => ({ who, action, resource, on, context, outcome, why }));

const ofBuckets: readonly Door[] = [
  ...writing(audit.on, [
    [cloudTrail, 's3:GetBucketAcl', audit.bucket, trail, 'allowed', 'the trail looks before it writes'],
    [cloudTrail, 's3:PutObject', written(accountId), trail, 'allowed', 'the trail writes its record'],
    [cloudTrail, 's3:PutObject', written('999999999999'), trail, 'not allowed', 'no other account`s record goes here'],
    [cloudTrail, 's3:GetBucketAcl', audit.bucket, owner, 'not allowed', 'no trail but ours looks at it'],
    [cloudTrail, 's3:PutObject', written(accountId), owner, 'not allowed', 'no trail but ours writes here'],
    [automation, 's3:GetObject', written(accountId), { 'aws:SecureTransport': 'false' }, 'denied', 'not in clear text'],
  ]),
  ...writing(config.on, [
    [recorder, 's3:GetBucketAcl', config.bucket, ofAccount, 'allowed', 'AWS Config looks before it delivers'],
    [recorder, 's3:ListBucket', config.bucket, ofAccount, 'allowed', 'AWS Config looks before it delivers'],
    [recorder, 's3:PutObject', delivered(accountId), ofAccount, 'allowed', 'AWS Config delivers its record'],
    [recorder, 's3:ListBucket', config.bucket, owner, 'not allowed', 'no other account`s recorder looks here'],
    [recorder, 's3:PutObject', delivered(accountId), owner, 'not allowed', 'no other account`s recorder delivers here'],
    [
      automation,
      's3:GetObject',
      delivered(accountId),
      { 'aws:SecureTransport': 'false' },
      'denied',
      'not in clear text',
    ],
  ]),
];

export const doors: readonly Door[] = [...ofRoles, ...ofOthers, ...ofBuckets];

const sessionOf = (arn: string): string =>
  arn.replace(/^arn:aws:iam::(\d+):role\/(.+)$/, 'arn:aws:sts::$1:assumed-role/$2/session');

/** What the policy of a door says to somebody whose own policies allow everything. */
async function outcomeOf({ who, action, resource, context }: Door, resourcePolicy: PolicyDocument): Promise<Outcome> {
  const answer = await runSimulation(
    {
      request: {
        principal: sessionOf(who),
        action,
        resource: { resource, accountId },
        contextVariables: { ...context },
      },
      identityPolicies: who.startsWith('arn:') ? [{ name: everything.name, policy: everything.document }] : [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy,
    },
    {},
  );
  if (answer.resultType === 'error') throw new Error(`${who} ${action}: ${JSON.stringify(answer.errors)}`);
  if (answer.overallResult === 'Allowed') return 'allowed';
  return answer.overallResult === 'ExplicitlyDenied' ? 'denied' : 'not allowed';
}

/** The doors to these objects that open otherwise than they must; the policies may be a mutation of those of the baseline. */
export async function wrongDoors(policies: readonly Hung[] = hung): Promise<readonly Door[]> {
  const wrong: Door[] = [];
  for (const { on, document } of policies)
    for (const door of doors.filter((each) => each.on === on))
      if ((await outcomeOf(door, document)) !== door.outcome) wrong.push(door);
  return wrong;
}
