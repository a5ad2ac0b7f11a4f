/** Answers that are always the same, for pictures of the console: what the service would say of a small organization. */

export const now = '2026-11-24T08:00:41.000Z';
const at = (seconds: number): string =>
  new Date(Date.parse('2026-11-24T08:00:00.000Z') + seconds * 1_000).toISOString();
const log = '2e8dff17-e16d-414e-a63c-456f2c84526f';

export const ids = {
  production: '3092de38-07c2-53d5-9a6d-52763aacaf35',
  staging: '7d84a8a5-c154-58fd-8c63-68ce77490021',
  analytics: '2d8b1767-3224-59c3-88d8-9e2564afd9ee',
  sandbox: '60073181-f7a0-5266-9879-c9010b357aa9',
};

/** Each step with its title and when it began and ended, in seconds after the request. */
const steps: readonly (readonly [step: string, title: string, from: number, to: number])[] = [
  ['AssignPayer', 'Find a free slot', 3, 3],
  ['CreateAccount', 'Create the AWS account', 3, 24],
  ['LinkPayer', 'Link it for consolidated billing', 24, 26],
  ['AwaitReadiness', 'Wait until AWS has the account ready', 26, 58],
  ['AutomationAccess', 'Bring in the automation role', 58, 62],
  ['PasswordPolicy', 'Set the password policy', 62, 63],
  ['AccessModel', 'Set up roles, groups and policies', 62, 78],
  ['AuditTrail', 'Set up CloudTrail and its bucket', 62, 80],
  ['ConfigRecorder', 'Set up AWS Config', 62, 79],
  ['PublicAccessBlock', 'Block public access to S3', 62, 64],
  ['LiveProof', 'Have AWS prove the hardening', 80, 81],
  ['IssueCredentials', 'Issue credentials', 81, 83],
];

const reason = 'account-not-ready';
const waitsFor = 'AWS is still setting up the new account (PENDING_ACTIVATION); this takes seconds to minutes.';

/** The steps as they stand so many seconds after the request. */
function stepsAfter(seconds: number) {
  return steps.map(([step, title, from, to]) => {
    if (to <= seconds) return { step, title, state: 'done', startedAt: at(from), finishedAt: at(to) };
    if (from > seconds) return { step, title, state: 'pending' };
    const running = { step, title, state: 'running', startedAt: at(from) };
    return step === 'AwaitReadiness' ? { ...running, state: 'waiting', waitsFor, reason } : running;
  });
}

const provider = (id: string, name: string, stage: string, seconds: number, more: object = {}) => ({
  id,
  stage,
  organization: 'acme',
  name,
  origin: 'new',
  territory: 'US',
  requestedAt: at(0),
  changedAt: at(Math.min(seconds, 83)),
  steps: stepsAfter(seconds),
  position: `${log}:18`,
  ...more,
});

const account = { id: '966901531874' };
const loginUrl = `https://${account.id}.signin.aws.amazon.com/console`;
export const credentials = {
  state: 'issued',
  generation: 1,
  userName: 'administrator',
  loginUrl,
  expiresAt: '2026-11-27T08:01:23.000Z',
};

const halt = {
  step: 'CreateAccount',
  reason: 'root-email-invalid',
  whoMustAct: 'operator',
  words: 'AWS does not accept the account’s root e-mail address.',
  haltedAt: at(24),
  call: {
    service: 'organizations',
    region: 'us-east-1',
    operation: 'CreateAccount',
    requestId: '8f2c6b1e-4f0a-4c0e-9a51-0c7b6a3f9d2e',
    error: 'INVALID_EMAIL',
    body: { AccountName: 'ctl-5hq2z7', Email: 'aws+5hq2z7@accounts.reseller.example' },
  },
};
const haltedSteps = stepsAfter(20).map((step) => (step.step === 'CreateAccount' ? { ...step, state: 'halted' } : step));

export const making = provider(ids.production, 'Production', 'linked', 41, { etaSeconds: 42, account });
export const ready = provider(ids.production, 'Production', 'active', 90, { account, credentials });
export const halted = provider(ids.sandbox, 'Sandbox', 'halted', 20, { halt, steps: haltedSteps });

export const list = [
  making,
  provider(ids.staging, 'Staging', 'accepted', 3, {
    steps: stepsAfter(2),
    queue: { position: 3, ahead: 2 },
    etaSeconds: 190,
  }),
  provider(ids.analytics, 'Analytics', 'active', 90, { account: { id: '353039422012' }, credentials }),
  { ...halted, halt: { ...halt, call: undefined } },
];

const fact = (place: number, type: string, seconds: number, data: object, actor = 'partner-cloud#saga') => ({
  position: `${log}:${place}`,
  id: `6eda3d15-7de6-5577-a06d-2c493bda${String(place).padStart(4, '0')}`,
  type,
  at: at(seconds),
  actor,
  role: actor === 'partner-cloud#saga' ? 'service' : 'administrator',
  data,
});

const ada = 'https://demo.partner-cloud.example#u-7f3a91c04be2';

export const facts = [
  fact(2, 'ProviderRequested', 0, { organization: 'acme', name: 'Production', origin: 'new', territory: 'US' }, ada),
  fact(
    3,
    'TermsAccepted',
    3,
    {
      documents: [
        { party: 'reseller', version: '2018-07' },
        { party: 'aws', version: '2018-07' },
      ],
    },
    ada,
  ),
  fact(4, 'PayerAssigned', 3, {}),
  fact(5, 'AccountCreationRequested', 4, {}),
  fact(6, 'AccountCreated', 24, { accountId: account.id }),
  fact(7, 'PayerLinked', 26, { guardrails: ['CTLGuardrailMembership'] }),
  fact(8, 'StepDelayed', 27, { step: 'AwaitReadiness', reason, words: waitsFor }),
  fact(9, 'AccountReady', 58, { probes: ['iam', 's3', 'rootless'] }),
  fact(15, 'BaselineApplied', 80, { baselineVersion: '1' }),
  fact(16, 'CredentialsIssued', 83, { generation: 1, userName: 'administrator', loginUrl }),
];

export const revealed = {
  userName: 'administrator',
  temporaryPassword: 'pth@V-+bH4dKDnccHV=6cU3(',
  loginUrl,
  expiresAt: credentials.expiresAt,
  position: `${log}:19`,
};

const vending = { state: 'open' };
const room = { territories: ['US'], accountsAllowed: 1000, creationsAtOnce: 5, kept: 1 };

export const payers = {
  all: vending,
  items: [
    { id: 'payer-1', accounts: 641, roomLeft: 353, creating: 5, freeSlots: 0, vending, ...room },
    {
      id: 'payer-2',
      accounts: 12,
      roomLeft: 987,
      creating: 0,
      freeSlots: 5,
      vending: { state: 'paused', since: at(0), reason: 'operator', words: 'Audit today.' },
      ...room,
    },
  ],
};

const waiting = {
  reason: 'slot-awaited',
  words: 'Waiting for a free slot at AWS, which makes only a few accounts at once.',
};

export const queue = {
  total: 2,
  items: [
    {
      position: 1,
      providerId: ids.analytics,
      name: 'Website',
      organization: 'globex',
      territory: 'US',
      since: at(5),
      ...waiting,
    },
    {
      position: 2,
      providerId: ids.staging,
      name: 'Staging',
      organization: 'acme',
      territory: 'US',
      since: at(6),
      ...waiting,
    },
  ],
};

export const projections = {
  items: ['provider-status', 'payer-load', 'audit-history', 'organizations', 'statistics'].map((name) => ({
    name,
    position: `${log}:91`,
    caughtUp: true,
    filling: false,
    behind: { events: 0, more: false, seconds: 0 },
  })),
};

const days = ['11-18', '11-19', '11-20', '11-21', '11-22', '11-23', '11-24'];
const requests = [12, 9, 14, 3, 2, 17, 8];

export const statistics = {
  from: '2026-11-18',
  to: '2026-11-24',
  by: 'day',
  byStage: { active: 62, halted: 1 },
  periods: days.map((day, place) => ({
    from: `2026-${day}`,
    to: `2026-${day}`,
    requests: requests[place],
    refused: 0,
    accounts: requests[place],
    ready: Number(requests[place]) - (place % 2),
    withdrawn: 0,
    refusals: {},
    halts: place === 5 ? { 'account-limit-exceeded': 2, 'root-email-invalid': 1 } : {},
  })),
  durations: steps.slice(1, 5).map(([step, title, from, to]) => ({
    step,
    title,
    count: 62,
    p50Seconds: to - from,
    p90Seconds: (to - from) * 1.6,
    p99Seconds: (to - from) * 2.5,
  })),
};

export const verification = {
  verdict: 'matches-head',
  logId: log,
  events: 1862,
  leaves: 1862,
  root: '9b1f4c0e9a510c7b6a3f9d2e8f2c6b1e4f0a4c0e9a510c7b6a3f9d2e8f2c6b1e',
  head: { size: 1862, signature: 'checked' },
  findings: [],
  gaps: [],
};

export const head = {
  id: `partner-cloud/${log}@1862`,
  origin: `partner-cloud/${log}`,
  size: 1862,
  root: verification.root,
  keyId: '5f1c2a90',
  signature: 'pQ==',
  checkpoint: `partner-cloud/${log}\n1862\nmx9MDppRDHtqP50ujyxrHk8KTA6aUQx7aj+dLo8saw4=\n\n— partner-cloud/${log} XxwqkA==\n`,
};

const exception = {
  object: 'opt-in-region/eu-south-1/eu-south-1',
  owner: 'team-7f3a91c0',
  reason: 'A project runs there until spring.',
  grantedAt: at(-86_400),
  until: '2027-03-01T23:59:59.999Z',
};

export const hardening = {
  id: ids.production,
  state: 'drifted',
  lastCheckedAt: at(30),
  findings: [
    { object: 'bucket/ctl-trail-966901531874/us-east-1', changes: ['versioning is off'], repair: 'now', since: at(30) },
  ],
  exceptions: [exception],
  behind: [],
};

const listed = (name: string, id: string, object: string, more: object) => ({
  ...{ providerId: id, name, organization: 'acme', accountId: account.id, object, state: 'in-force' },
  ...{ owner: exception.owner, reason: exception.reason, grantedAt: exception.grantedAt, until: exception.until },
  ...more,
});

export const exceptions = {
  items: [
    listed('Analytics', ids.analytics, 'public-access-block/account/global', {
      ...{ owner: 'team-2c85d1e6', reason: 'A public site moves to another account.' },
      until: '2026-11-27T23:59:59.999Z',
    }),
    listed('Website', ids.staging, 'password-policy/account/global', {
      ...{ organization: 'globex', owner: 'u-e81b3f5d6a70', reason: 'Their own rule asks for more.' },
      until: '2027-01-31T23:59:59.999Z',
    }),
    listed('Production', ids.production, exception.object, {}),
  ],
};

const calls: Readonly<Record<string, readonly string[]>> = {
  CreateAccount: ['organizations:CreateAccount'],
  LinkPayer: ['organizations:MoveAccount'],
  IssueCredentials: ['iam:CreateLoginProfile'],
};

export const forecast = {
  dryRun: true,
  id: ids.production,
  events: [],
  reasons: [],
  prospect: {
    slotFree: true,
    queue: { position: 1, ahead: 0 },
    etaRange: { fromSeconds: 75, toSeconds: 240 },
    steps: steps.map(([step, title]) => ({ step, title, calls: calls[step] ?? [] })),
  },
};
