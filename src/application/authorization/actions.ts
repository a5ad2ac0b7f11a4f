/** Who may do what: the one table of actions, roles and how far each role reaches. What is not in it cannot be done. */
import type { Role } from './identity.js';

/** `own`: in the caller's organization only; `listed`: in those that the token of a service lists; `all`: across organizations. */
export type Reach = 'own' | 'listed' | 'all';

type Allowed = Readonly<Partial<Record<Role, Reach>>>;

const customers = { administrator: 'own', member: 'own' } as const;
const watchers = { operator: 'all', auditor: 'all' } as const;
const operators = { operator: 'all' } as const;
const administrators = { administrator: 'own' } as const;
const services = { service: 'listed' } as const;

export const actions = {
  reportOrganization: services,
  readCatalogue: { ...customers, ...watchers, service: 'all' },
  readOptions: { ...customers, ...watchers, ...services },
  requestProvider: { ...administrators, ...services },
  tryRequest: { ...administrators, ...services, ...watchers },
  readProviders: { ...customers, ...watchers, ...services },
  readStatistics: { ...customers, ...watchers, ...services },
  readHistory: { ...customers, ...watchers, ...services },
  followChanges: { ...customers, ...watchers, ...services },
  acceptTerms: { ...administrators, ...services },
  tryAcceptance: { ...administrators, ...services, ...watchers },
  withdraw: { ...administrators, ...services },
  rename: { ...administrators, ...services },
  resume: { ...administrators, ...operators },
  resumeHalted: operators,
  revealCredentials: administrators,
  reissueCredentials: administrators,
  openConsole: administrators,
  openReadOnlyConsole: customers,
  readHardening: { ...customers, ...watchers, ...services },
  checkHardening: { ...administrators, ...operators },
  decideExceptions: operators,
  listExceptions: { ...customers, ...watchers, ...services },
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
  readHeads: { ...customers, ...watchers, ...services },
  subscribeWebhook: { ...administrators, ...operators },
  listWebhooks: { ...administrators, ...watchers },
  readWebhook: { ...administrators, ...watchers },
  changeWebhook: { ...administrators, ...operators },
} as const satisfies Record<string, Allowed>;

export type Action = keyof typeof actions;

/** How far a role reaches with an action; `undefined` when the role may not do it at all. */
export const reachOf = (action: Action, role: Role): Reach | undefined => (actions[action] as Allowed)[role];

/** What a service does in its own name; whatever else it records is done for a person, whom it names. */
const inItsOwnName: ReadonlySet<Action> = new Set(['reportOrganization']);

/** Whether a service that does this must name the person for whom it does. */
export const isForPerson = (action: Action): boolean => !inItsOwnName.has(action);

/** What binds an organization, so that a service needs more than its role for it. */
export const needsMayAcceptTerms = (action: Action): boolean => action === 'acceptTerms' || action === 'tryAcceptance';

/** The roles that may do this, in the order of the table. */
export const rolesFor = (action: Action): readonly Role[] => Object.keys(actions[action]) as Role[];
