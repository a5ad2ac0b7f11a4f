/** Which action of the table a route is; a route without one is not served at all. */
import { applyDecorators, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { Action } from '../../../application/authorization/actions.js';

/** What a route is for; `open` needs no token. */
export type RouteAction = Action | 'open';

/** The metadata key under which a route keeps its action. */
export const ACTION = 'partner-cloud:action';

/** The metadata key under which a route keeps the action that it is where it is only asked what it would come to. */
export const DRY_RUN = 'partner-cloud:dry-run';

const declared = (action: RouteAction, dryRun?: Action): MethodDecorator =>
  applyDecorators(SetMetadata(ACTION, action), SetMetadata(DRY_RUN, dryRun), RouteConfig({ action, dryRun }));

/** Declares which action a route is, and thereby who may call it; and which it is with `dryRun=true`, where that is another. */
export const Allow = (action: Action, dryRun?: Action): MethodDecorator => declared(action, dryRun);

/** Declares that a route needs no token. */
export const Open = (): MethodDecorator => declared('open');
