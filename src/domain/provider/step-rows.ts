/** The rows of the table of steps, in the order in which a person reads them. */
import type { StepRow } from './step-row.js';

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** A part of the baseline that is done once the customer has an account to work with. */
const late = <Title extends string>(title: Title, usualMs: number) =>
  ({
    title,
    after: ['IssueCredentials'],
    patienceMs: undefined,
    usualMs,
    whoMustAct: 'operator',
    baseline: 'after-credentials',
  }) as const;

/** A new step is one row here, and its ensure. */
export const rows = {
  AssignPayer: {
    title: 'Find a free slot',
    after: [],
    patienceMs: undefined,
    usualMs: seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  CreateAccount: {
    title: 'Create the AWS account',
    after: ['AssignPayer'],
    patienceMs: 24 * hours,
    usualMs: 30 * seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  LinkPayer: {
    title: 'Link it for consolidated billing',
    after: ['CreateAccount'],
    patienceMs: hours,
    usualMs: 3 * seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  AwaitReadiness: {
    title: 'Wait until AWS has the account ready',
    after: ['LinkPayer'],
    patienceMs: 30 * minutes,
    usualMs: minutes,
    whoMustAct: 'operator',
    baseline: false,
  },
  AutomationAccess: {
    title: 'Bring in the automation role',
    after: ['AwaitReadiness'],
    patienceMs: hours,
    usualMs: 5 * seconds,
    whoMustAct: 'operator',
    baseline: 'before-credentials',
  },
  // Every other part of the baseline is applied through our own role, so that must exist first.
  PasswordPolicy: {
    title: 'Set the password policy',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 2 * seconds,
    whoMustAct: 'operator',
    baseline: 'before-credentials',
  },
  AccessModel: {
    title: 'Set up roles, groups and policies',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 15 * seconds,
    whoMustAct: 'operator',
    baseline: 'before-credentials',
  },
  AuditTrail: {
    title: 'Set up CloudTrail and its bucket',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 20 * seconds,
    whoMustAct: 'operator',
    baseline: 'before-credentials',
  },
  ConfigRecorder: {
    title: 'Set up AWS Config',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 20 * seconds,
    whoMustAct: 'operator',
    baseline: 'before-credentials',
  },
  PublicAccessBlock: {
    title: 'Block public access to S3',
    after: ['AutomationAccess'],
    patienceMs: hours,
    usualMs: 2 * seconds,
    whoMustAct: 'operator',
    baseline: 'before-credentials',
  },
  LiveProof: {
    title: 'Have AWS prove the hardening',
    after: ['PasswordPolicy', 'AccessModel', 'AuditTrail', 'ConfigRecorder', 'PublicAccessBlock'],
    patienceMs: hours,
    usualMs: seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  IssueCredentials: {
    title: 'Issue credentials',
    after: ['LiveProof'],
    patienceMs: hours,
    usualMs: 5 * seconds,
    whoMustAct: 'operator',
    baseline: false,
  },
  SettleCredentials: {
    title: 'Wait for the first sign-in',
    after: ['IssueCredentials'],
    patienceMs: undefined,
    usualMs: 0,
    whoMustAct: 'customer',
    baseline: false,
  },
  // What follows needs nobody to wait for it: the customer works meanwhile, and what holds it up is told and never halts.
  RegionDefaults: late('Secure the defaults of every region', minutes),
  RegionRecorders: late('Record the other regions with AWS Config', 20 * seconds),
  OptInRegions: late('Enable and secure further regions', 10 * minutes),
  AccountContacts: late('Name the contacts for security and operations', 2 * seconds),
  // Only once sessions of our own role have set up all that the customer waits for.
  DefaultRole: late('Narrow the trust of the default role', 2 * seconds),
} as const satisfies Readonly<Record<string, StepRow>>;
