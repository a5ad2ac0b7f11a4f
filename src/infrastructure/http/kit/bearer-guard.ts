/** Lets a call in when its bearer token is good and one of the caller's roles may make it. */
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Action } from '../../../application/authorization/actions.js';
import { authorize } from '../../../application/authorization/authorization.js';
import { type Caller, InvalidToken, type TokenVerifier } from '../../../application/authorization/identity.js';
import { actAs } from './caller.js';
import { TOKEN_VERIFIER } from './parts.js';
import { Problem } from './problems.js';
import { ACTION } from './route-action.js';
import type { WireRequest } from './wire.js';

@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    @Inject(TOKEN_VERIFIER) private readonly tokens: TokenVerifier,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const action = this.reflector.get<Action | 'open' | undefined>(ACTION, context.getHandler());
    if (action === undefined) throw new Error(`${context.getClass().name} has a route that declares no action`);
    if (action === 'open') return true;
    const request = context.switchToHttp().getRequest<WireRequest>();
    // The handler asks again, as it does for every way in; here it saves reading the body of who may not send one.
    actAs(request, authorize(action, await this.verified(request.headers.authorization)));
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
