/** Which action of the table a route is; a route without one is not served at all. */
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Action } from '../../../application/authorization/actions.js';

/** What a route is for; `open` needs no token. */
export type RouteAction = Action | 'open';

/** The metadata key under which a route keeps its action. */
export const ACTION = 'partner-cloud:action';

const declared = (action: RouteAction): MethodDecorator =>
  applyDecorators(SetMetadata(ACTION, action), RouteConfig({ action }));

/** Declares which action a route is, and thereby who may call it. */
export const Allow = (action: Action): MethodDecorator => declared(action);

/** Declares that a route needs no token. */
export const Open = (): MethodDecorator => declared('open');
