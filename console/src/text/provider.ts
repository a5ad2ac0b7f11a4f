/** The page of one provider. */
export const providerText = {
  notThere: 'There is no such provider',
  notThereWords: 'Nothing has this address, or nothing that you may see.',
  parts: 'Parts of the page',
  tabs: { overview: 'Overview', history: 'History', access: 'Access and hardening' } as const,

  stage: 'Stage',
  account: 'AWS account',
  territory: 'Territory',
  origin: 'Option',
  organization: 'Organization',
  requested: 'Requested',
  payer: 'Payer',
  id: 'Provider id',
  origins: {
    new: 'New account, Cloud Optimized',
    migrated: 'Migrated account, Cloud Optimized',
    existing: 'Existing account',
  } as Readonly<Record<string, string>>,

  progress: 'Progress',
  progressOf: (done: number, all: number) => `${done} of ${all} steps are done`,
  left: (guess: string) => `${guess} left`,
  soFar: (time: string) => `${time} so far`,
  tookAll: (time: string) => `Ready after ${time}`,
  takes: (time: string) => `for ${time}`,
  took: (time: string) => time,
  phases: { request: 'Request', account: 'Account', hardening: 'Hardening', handover: 'Credentials' } as const,
  requestedStep: 'Requested',
  termsStep: 'Accept both terms and conditions',
  termsDone: 'Both terms and conditions accepted',
  queue: (position: number, ahead: number) =>
    ahead === 0
      ? 'Next in the queue for a free slot at AWS.'
      : `Number ${position} in the queue for a free slot at AWS; ${ahead} ahead.`,
  states: {
    pending: 'Not begun',
    running: 'Running',
    waiting: 'Waiting',
    done: 'Done',
    halted: 'Halted',
  } as const,
  failedCall: 'What AWS answered',
  afterwards: 'After the handover',
  afterwardsWords: 'These go on by themselves; you can work meanwhile.',

  halted: (step: string) => `Halted at “${step}”`,
  mustAct: {
    customer: 'You must act: remove the cause, then resume.',
    operator: 'The reseller’s operators must act; they have been told. You need do nothing.',
  } as const,
  mustActForOperator: 'An operator must act: remove the cause, then resume.',
  resume: 'Resume',
  resumed: 'It goes on.',
  operation: 'AWS call',
  requestId: 'AWS request id',
  error: 'Error',
  body: 'Request body',

  refused: 'The request was refused',
  refusedWords: 'Once the facts have changed, ask again with New.',
  withdrawn: 'This request was withdrawn before there was an account.',
  quarantine: 'This provider is set aside',
  accountEnd: (state: string) => `AWS says that the account is ${state}`,
  termsRefused: 'The provider is there, but the terms were not accepted',

  terms: 'Terms and conditions',
  termsWords: 'Your account is made once both are accepted.',
  acceptTerms: 'Accept and create the account',
  acceptBoth: 'Accept both documents first.',

  console: 'AWS Console',
  consoleRoles: { administrator: 'As administrator', 'read-only': 'As read-only user' } as const,
  consoleOpens: 'Opens in a new tab, signed in',
  consoleBlocked: 'Your browser kept the new tab from opening.',
  consoleOpen: 'Open the AWS console',
} as const;
