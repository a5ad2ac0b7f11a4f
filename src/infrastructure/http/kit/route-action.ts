/** Which action of the table a route is; a route without one cannot be called. */
import { SetMetadata } from '@nestjs/common';
import type { Action } from '../../../application/authorization/actions.js';

/** The metadata key under which a route keeps its action; `open` needs no token. */
export const ACTION = 'partner-cloud:action';

/** Declares which action a route is, and thereby who may call it. */
export const Allow = (action: Action) => SetMetadata(ACTION, action);

/** Declares that a route needs no token. */
export const Open = () => SetMetadata(ACTION, 'open');
