/** The words of every route. */
import { auditRoutes } from './audit-routes.js';
import { catalogueRoutes } from './catalogue-routes.js';
import { hardeningRoutes } from './hardening-routes.js';
import { operationRoutes } from './operation-routes.js';
import { providerRoutes } from './provider-routes.js';
import { webhookRoutes } from './webhook-routes.js';
import type { RouteWords } from './words.js';

/** Every route by method and path, as the document writes them; a test finds a route that is missing here. */
export const routeWords: Readonly<Record<string, RouteWords>> = {
  ...catalogueRoutes,
  ...providerRoutes,
  ...hardeningRoutes,
  ...auditRoutes,
  ...operationRoutes,
  ...webhookRoutes,
};
