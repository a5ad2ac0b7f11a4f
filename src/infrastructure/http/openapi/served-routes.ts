/** The routes of controllers as they are served: method, path, action, status and inputs, read from what their decorators say. */
import { RequestMethod, type Type } from '@nestjs/common';
import { HTTP_CODE_METADATA, METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { Action } from '../../../application/authorization/actions.js';
import type { CheckedPipe } from '../kit/checked.js';
import type { Shape } from '../kit/field-registry.js';
import { ACTION, DRY_RUN, type RouteAction } from '../kit/route-action.js';

/** A route with what it takes; a class for each kind of input that it has. */
export interface ServedRoute {
  /** In lower case. */
  readonly method: string;
  /** With its parts in braces, such as `/v1/providers/{id}`. */
  readonly path: string;
  readonly action: RouteAction;
  /** What it is with `dryRun=true`, where that is another action. */
  readonly dryRun: Action | undefined;
  readonly status: number;
  readonly body: Shape | undefined;
  readonly query: Shape | undefined;
  readonly params: Shape | undefined;
}

/** Nest's numbers of the kinds of inputs. */
const inputKinds = { body: 3, query: 4, params: 5 } as const;

type RouteArguments = Readonly<Record<string, { readonly pipes?: readonly Partial<CheckedPipe>[] }>>;

/** Every route of these controllers. */
export function servedRoutes(controllers: readonly Type[]): readonly ServedRoute[] {
  return controllers.flatMap((controller) =>
    Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).flatMap(([name, { value }]) => {
      const action: RouteAction | undefined = value && Reflect.getMetadata(ACTION, value);
      return action === undefined ? [] : [routeOf(controller, name, value, action)];
    }),
  );
}

function routeOf(controller: Type, name: string, handler: object, action: RouteAction): ServedRoute {
  const method = String(RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler)]).toLowerCase();
  const parts = [Reflect.getMetadata(PATH_METADATA, controller), Reflect.getMetadata(PATH_METADATA, handler)];
  const path = `/${parts.join('/')}`.replace(/\/{2,}/g, '/').replace(/(.)\/+$/, '$1');
  const inputs: RouteArguments = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {};
  return {
    method,
    path: path.replace(/:(\w+)/g, '{$1}'),
    action,
    dryRun: Reflect.getMetadata(DRY_RUN, handler),
    status: Reflect.getMetadata(HTTP_CODE_METADATA, handler) ?? (method === 'post' ? 201 : 200),
    body: shapeOf(inputs, 'body'),
    query: shapeOf(inputs, 'query'),
    params: shapeOf(inputs, 'params'),
  };
}

/** Keys are the number of the kind, a colon and the place among the arguments. */
function shapeOf(inputs: RouteArguments, kind: keyof typeof inputKinds): Shape | undefined {
  const found = Object.entries(inputs).find(([key]) => key.startsWith(`${inputKinds[kind]}:`));
  return found?.[1].pipes?.find(({ shape }) => shape !== undefined)?.shape;
}
