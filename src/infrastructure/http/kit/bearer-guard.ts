/** Lets a call in when its bearer token is good and one of the caller's roles may make it. */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Caller, InvalidToken, type TokenVerifier } from '../../../application/authorization/identity.js';
import { CALL, type Call, inRolesFor } from '../routes/calls.js';
import { actAs } from './caller.js';
import { TOKEN_VERIFIER } from './parts.js';
import { Problem } from './problems.js';
import type { WireRequest } from './wire.js';

@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    @Inject(TOKEN_VERIFIER) private readonly tokens: TokenVerifier,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const call = this.reflector.get<Call | 'open' | undefined>(CALL, context.getHandler());
    if (call === undefined) throw new Error(`${context.getClass().name} has a route that declares no call`);
    if (call === 'open') return true;
    const request = context.switchToHttp().getRequest<WireRequest>();
    const caller = await this.verified(request.headers.authorization);
    actAs(request, inRolesFor(call, caller));
    return true;
  }

  private async verified(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined)
      throw unauthenticated('The Authorization header is missing.', 'Bearer realm="partner-cloud"');
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined)
      throw unauthenticated('The Authorization header holds no bearer token.', refused('invalid_request'));
    try {
      return await this.tokens.verify(token);
    } catch (error) {
      if (error instanceof InvalidToken) throw unauthenticated(error.message, refused('invalid_token'));
      throw error;
    }
  }
}

const refused = (error: string): string => `Bearer realm="partner-cloud", error="${error}"`;

function unauthenticated(words: string, challenge: string): Problem {
  const wrong = { field: 'Authorization', problem: words, allowed: 'Bearer, a space and a valid token' };
  return new Problem('unauthenticated', words, [wrong], {}, { 'www-authenticate': challenge });
}
