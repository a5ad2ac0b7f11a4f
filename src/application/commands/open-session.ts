/** Opens sessions in the customer's account: in the AWS console, and for the command line. What is handed out is on record before. */
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SessionRole } from '../../domain/access.js';
import { notThereYet } from '../../domain/provider/not-there-yet.js';
import { hasAccount, underneath } from '../../domain/provider/stages.js';
import { Refusal } from '../../domain/refusal.js';
import type { Action } from '../authorization/actions.js';
import { loadAuthorized } from '../authorized-providers.js';
import { DEPENDENCIES, type Dependencies } from '../dependencies.js';
import type { ConsoleSession, SessionKeys, SessionRequest } from '../ports/account-sessions.js';
import { requireLivingAccount } from '../provisioning/living-accounts.js';
import { type AuthorizedSender, authorizedSender, type Sender } from '../streams/causes.js';
import { KeyedMutex } from '../streams/keyed-mutex.js';
import type { OnRecord } from '../streams/on-record.js';
import { recordUse } from './record-use.js';

export class OpenConsoleSession extends Command<OnRecord & ConsoleSession> {
  constructor(
    readonly providerId: string,
    readonly role: SessionRole,
    readonly by: Sender,
  ) {
    super();
  }
}

/** What a command line works with, and for which account and role. */
export interface CommandLineSession extends OnRecord {
  readonly accountId: string;
  readonly role: SessionRole;
  readonly keys: SessionKeys;
}

export class OpenCommandLineSession extends Command<CommandLineSession> {
  constructor(
    readonly providerId: string,
    readonly role: SessionRole,
    readonly by: Sender,
  ) {
    super();
  }
}

@CommandHandler(OpenConsoleSession)
export class OpenConsoleSessionHandler implements ICommandHandler<OpenConsoleSession> {
  private readonly mutex = new KeyedMutex();

  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, role, by }: OpenConsoleSession) {
    const ways: Ways = { administrator: 'openConsole', 'read-only': 'openReadOnlyConsole', words: 'open the console' };
    const asked = await askedFor(this.on, providerId, role, authorizedFor(role, by, ways));
    const open = (request: SessionRequest) => this.on.accountSessions.openConsole(request);
    const { opened, ...use } = await openedOnRecord(this.on, this.mutex, {
      ...asked,
      session: 'console-session',
      open,
    });
    return { ...opened, ...use };
  }
}

@CommandHandler(OpenCommandLineSession)
export class OpenCommandLineSessionHandler implements ICommandHandler<OpenCommandLineSession> {
  private readonly mutex = new KeyedMutex();

  constructor(@Inject(DEPENDENCIES) private readonly on: Dependencies) {}

  async execute({ providerId, role, by }: OpenCommandLineSession) {
    const ways: Ways = {
      ...{ administrator: 'openCommandLine', 'read-only': 'openReadOnlyCommandLine' },
      words: 'get keys for the command line',
    };
    const asked = await askedFor(this.on, providerId, role, authorizedFor(role, by, ways));
    const open = (request: SessionRequest) => this.on.accountSessions.openCommandLine(request);
    const session = 'command-line-session';
    const { opened: keys, ...use } = await openedOnRecord(this.on, this.mutex, { ...asked, session, open });
    return { accountId: asked.request.accountId, role, keys, ...use };
  }
}

/** The actions that open a session with each role, and what they do, in words that follow who may. */
type Ways = Readonly<Record<SessionRole, Action>> & { readonly words: string };

/** Members may open sessions too, but only to look; they are told so. */
function authorizedFor(role: SessionRole, by: Sender, ways: Ways): AuthorizedSender {
  const member = authorizedSender(ways['read-only'], by);
  if (role === 'read-only') return member;
  if (member.caller.roles.includes('administrator')) return authorizedSender(ways.administrator, by);
  throw new Refusal('forbidden', `Members ${ways.words} with the read-only role.`, [
    { field: 'role', problem: 'administrator is for administrators', allowed: 'read-only' },
  ]);
}

interface Asked {
  readonly providerId: string;
  readonly by: AuthorizedSender;
  readonly request: SessionRequest;
}

/** What is asked of AWS, once there is an account that lives. */
async function askedFor(on: Dependencies, providerId: string, role: SessionRole, by: AuthorizedSender): Promise<Asked> {
  const state = await loadAuthorized(on, by.caller, providerId);
  const known = underneath(state);
  if (known.stage !== 'active' || !hasAccount(known))
    throw new Refusal(
      'wrong-stage',
      notThereYet(state) ?? 'The AWS account is not ready yet; sessions open once credentials are issued.',
    );
  await requireLivingAccount(on, providerId, known);
  return { providerId, by, request: { accountId: known.accountId, role, person: by.caller.subject } };
}

interface Opening<T> extends Asked {
  readonly session: 'console-session' | 'command-line-session';
  readonly open: (request: SessionRequest) => Promise<T>;
}

/**
 * Asks AWS, and records what came of it before anything is handed out. Who dies in between has handed out nothing: what AWS
 * opened cannot be entered by anybody then, and is seen in AWS's own records alone.
 */
function openedOnRecord<T>(on: Dependencies, mutex: KeyedMutex, { providerId, by, ...asked }: Opening<T>) {
  const { session, request, open } = asked;
  // One after the other: the limit is decided from facts, and AWS is asked before there is one.
  return mutex.run(providerId, async () => {
    await recordUse(on, providerId, by, { type: 'AskForSession', session, role: request.role });
    const opened = await open(request).catch(async (error: unknown) => {
      await recordUse(on, providerId, by, { type: 'FailSession', session, role: request.role });
      throw error;
    });
    return { opened, ...(await recordUse(on, providerId, by, { type: 'OpenSession', session, role: request.role })) };
  });
}
