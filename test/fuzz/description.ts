/** The API's own description, as far as requests are made from it. */
import { controllers } from '../../src/infrastructure/http/http.module.js';
import { apiDocument } from '../../src/infrastructure/http/openapi/document.js';
import type { DemoPerson } from '../../src/infrastructure/identity/demo/people.js';

export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

interface Described {
  readonly operationId: string;
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly security: readonly { readonly bearer: readonly DemoPerson[] }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

export interface Operation {
  readonly call: string;
  readonly method: string;
  readonly path: string;
  /** Who may make it, each called as the role is; nobody where no token is needed. */
  readonly people: readonly DemoPerson[];
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
}

const { paths } = apiDocument(controllers);

/** Every call that is described. */
export const operations: readonly Operation[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods as Readonly<Record<string, Described>>).map(([method, described]) => ({
    call: described.operationId,
    method: method.toUpperCase(),
    path,
    people: described.security.flatMap(({ bearer }) => bearer),
    parameters: described.parameters.filter((parameter) => 'name' in parameter),
    body: described.requestBody?.content['application/json'].schema,
  })),
);
