/** Who may do what: the one table of actions, roles and how far each role reaches. What is not in it cannot be done. */
import type { Role } from './identity.js';

/** `own`: in the caller's organization only; `all`: across organizations. */
export type Reach = 'own' | 'all';

type Allowed = Readonly<Partial<Record<Role, Reach>>>;

const customers = { administrator: 'own', member: 'own' } as const;
const watchers = { operator: 'all', auditor: 'all' } as const;
const operators = { operator: 'all' } as const;
const administrators = { administrator: 'own' } as const;

export const actions = {
  reportOrganization: { service: 'all' },
  readCatalogue: { ...customers, ...watchers, service: 'all' },
  readOptions: { ...customers, ...watchers },
  requestProvider: administrators,
  readProviders: { ...customers, ...watchers },
  readStatistics: { ...customers, ...watchers },
  readHistory: { ...customers, ...watchers },
  followChanges: { ...customers, ...watchers },
  acceptTerms: administrators,
  withdraw: administrators,
  rename: administrators,
  resume: { ...administrators, ...operators },
  revealCredentials: administrators,
  reissueCredentials: administrators,
  openConsole: administrators,
  openReadOnlyConsole: customers,
  readHardening: { ...customers, ...watchers },
  checkHardening: { ...administrators, ...operators },
  decideExceptions: operators,
  readRollout: watchers,
  decideRollout: operators,
  openCommandLine: administrators,
  openReadOnlyCommandLine: customers,
  readOperations: watchers,
  pauseVending: operators,
  resumeVending: operators,
  readGuardrails: watchers,
  applyGuardrails: operators,
  readQuarantine: watchers,
  decideQuarantine: operators,
  readReconciliation: watchers,
  reconcile: operators,
  exportEvents: { auditor: 'all' },
  readEvidence: { auditor: 'all' },
  verifyLog: { auditor: 'all' },
  readHeads: { ...customers, ...watchers },
  subscribeWebhook: { ...administrators, ...operators },
  listWebhooks: { ...administrators, ...watchers },
  readWebhook: { ...administrators, ...watchers },
  changeWebhook: { ...administrators, ...operators },
} as const satisfies Record<string, Allowed>;

export type Action = keyof typeof actions;

/** How far a role reaches with an action; `undefined` when the role may not do it at all. */
export const reachOf = (action: Action, role: Role): Reach | undefined => (actions[action] as Allowed)[role];

/** The roles that may do this, in the order of the table. */
export const rolesFor = (action: Action): readonly Role[] => Object.keys(actions[action]) as Role[];
