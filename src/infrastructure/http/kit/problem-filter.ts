/** Turns everything that is thrown during a call into problem details; what is our own fault, or a disk's, is logged with its trace id. */
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { DEPENDENCIES, type Dependencies } from '../../../application/dependencies.js';
import type { Log } from '../../../application/ports/log.js';
import { LOG } from './parts.js';
import { PathMethods } from './path-methods.js';
import { problemOf } from './problem-of.js';
import { type Problem, type ProblemCode, problemDocument } from './problems.js';
import type { WireReply, WireRequest } from './wire.js';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(LOG) private readonly log: Log,
    @Inject(DEPENDENCIES) private readonly on: Dependencies,
    @Inject(PathMethods) private readonly paths: PathMethods,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<WireRequest>();
    const reply = host.switchToHttp().getResponse<WireReply>();
    const problem = problemOf(error, {
      contact: this.on.settings.reseller.contact,
      subject: subjectOf(request.params),
      methods: () => this.paths.methodsAt(request.url),
      reads: request.method === 'GET' || request.method === 'HEAD',
      formerLogs: this.on.formerLogs,
    });
    const failure = failureOf(problem, error);
    if (failure) this.log.error({ traceId: request.id, error }, failure);
    if (reply.sent || reply.raw.headersSent) reply.raw.destroy();
    else sendProblem(reply, problem, request.id);
  }
}

/**
 * What the log says of a problem that an operator should look into; an outage with a cause is one that a disk is in the way
 * of. What a stranger can bring about is told in the request's own line and nowhere else.
 */
function failureOf({ code, status }: Problem, error: unknown): string | undefined {
  if (code === 'internal') return 'A request failed unexpectedly.';
  if (status < 500) return undefined;
  return error instanceof Error && error.cause !== undefined ? 'A request cannot be served now.' : undefined;
}

const sent = new WeakMap<object, ProblemCode>();

/** With which problem a request was answered, if it was. */
export const problemSent = (reply: WireReply): ProblemCode | undefined => sent.get(reply.raw);

/** Answers with a problem. */
export function sendProblem(reply: WireReply, problem: Problem, traceId: string): void {
  sent.set(reply.raw, problem.code);
  for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
  reply.code(problem.status).header('content-type', 'application/problem+json; charset=utf-8');
  reply.send(JSON.stringify(problemDocument(problem, traceId)));
}

/** A call is about the last thing its path names. */
function subjectOf(params: unknown): string {
  return Object.keys((params as Readonly<Record<string, string>> | null) ?? {}).at(-1) ?? 'request';
}
