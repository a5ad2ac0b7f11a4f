/** The API as an OpenAPI 3.1 document: made from the routes as they are served, their inputs' fields, and the words beside them. */
import type { Type } from '@nestjs/common';
import { needsMayAcceptTerms, rolesFor } from '../../../application/authorization/actions.js';
import type { Role } from '../../../application/authorization/identity.js';
import { callLimits } from '../kit/call-limits.js';
import type { ProblemCode } from '../kit/problems.js';
import { Components } from './components.js';
import { headers, parameters } from './headers.js';
import { bodyOf, parametersOf } from './inputs.js';
import { problemResponses, problemSchema, problemsOf, refusalsFor } from './refusals.js';
import { routeWords } from './routes.js';
import { type ServedRoute, servedRoutes } from './served-routes.js';
import { successesOf } from './successes.js';
import type { RouteWords } from './words.js';

/** The document of these controllers' routes. Throws an Error that names a route for which {@link routeWords} has no words. */
export function apiDocument(controllers: readonly Type[]) {
  const used = new Set<ProblemCode>();
  const components = new Components();
  const paths: Record<string, Record<string, object>> = {};
  for (const route of servedRoutes(controllers)) {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    const words = routeWords[name];
    if (words === undefined) throw new Error(`${name} is not described in openapi/*-routes.ts`);
    for (const code of problemsOf(route, words)) used.add(code);
    const operation = components.referred(operationOf(route, words)) as object;
    paths[route.path] = { ...paths[route.path], [route.method]: operation };
  }
  const responses = problemResponses(used);
  const schemas = { ...components.schemas, Problem: problemSchema };
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: '/' }],
    tags,
    paths,
    components: { securitySchemes, headers, parameters, schemas, responses },
  };
}

function operationOf(route: ServedRoute, words: RouteWords): object {
  const problems = problemsOf(route, words);
  const body = bodyOf(route.body);
  return {
    operationId: words.call,
    tags: [words.tag],
    summary: words.summary,
    description: `${whoMay(route)} Problems: ${problems.map((code) => `\`${code}\``).join(', ')}.`,
    parameters: parametersOf(route, words),
    ...(body ? { requestBody: body } : {}),
    responses: { ...successesOf(route, words), ...refusalsFor(problems) },
    security: rolesOf(route).map((role) => ({ bearer: [role] })),
    'x-problems': problems,
    ...(route.action === 'open' ? {} : { 'x-limits': limitsOf(route) }),
  };
}

const limitsOf = ({ method }: ServedRoute): object =>
  method === 'get'
    ? {
        perMinutePerCaller: callLimits.readsPerMinutePerCaller,
        perMinutePerOrganization: callLimits.readsPerMinutePerOrganization,
      }
    : {
        perMinutePerCaller: callLimits.writesPerMinutePerCaller,
        perMinutePerOrganization: callLimits.writesPerMinutePerOrganization,
      };

/** Who may make a call at all, be it only to ask what it would come to. */
const rolesOf = ({ action, dryRun }: ServedRoute): readonly Role[] =>
  action === 'open' ? [] : [...new Set([action, dryRun ?? action].flatMap(rolesFor))];

function whoMay({ action, dryRun }: ServedRoute): string {
  if (action === 'open') return 'Needs no token.';
  const claim = needsMayAcceptTerms(action) ? ' A service needs the claim may-accept-terms.' : '';
  const tries = dryRun === undefined ? '' : ` With dryRun=true: ${rolesFor(dryRun).join(', ')}.`;
  return `Roles: ${rolesFor(action).join(', ')}.${claim}${tries}`;
}

const info = {
  title: 'partner-cloud',
  version: '1',
  description: 'Vending of hardened AWS accounts for the customers of a reseller. docs/api.md is the guide to it.',
  license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
};

const tags = [
  { name: 'Organizations', description: 'Facts about organizations, and the providers that they ask for.' },
  { name: 'Catalogue', description: 'What can be asked for, and who asks.' },
  { name: 'Providers', description: 'One provider and its life.' },
  { name: 'Credentials', description: 'The ways into an account.' },
  { name: 'Audit', description: 'Proofs about the log.' },
  { name: 'Payers', description: 'Brakes and guardrails of payers.' },
  { name: 'Webhooks', description: 'Facts by signed requests, for those who cannot hold a connection.' },
  { name: 'Operations', description: 'What operators and auditors watch and decide.' },
  { name: 'Service', description: 'The service itself.' },
];

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of the configured issuer. Each requirement names a role that suffices.',
  },
};
