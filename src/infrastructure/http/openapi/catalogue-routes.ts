/** What is said of the routes that tell who calls and what is offered. */
import * as catalogues from './catalogue-answers.js';
import type { RouteWords } from './words.js';

/** By method and path. */
export const catalogueRoutes: Readonly<Record<string, RouteWords>> = {
  'GET /v1/me': {
    call: 'whoAmI',
    tag: 'Catalogue',
    summary: 'Who calls, as this service understands the token.',
    answer: catalogues.meAnswer,
  },
  'GET /v1/territories': {
    call: 'listTerritories',
    tag: 'Catalogue',
    summary: 'The territories that are served.',
    answer: catalogues.territoriesAnswer,
  },
  'GET /v1/terms': {
    call: 'readTerms',
    tag: 'Catalogue',
    summary: 'The terms in force for a territory, with their digests.',
    answer: catalogues.termsAnswer,
  },
};
