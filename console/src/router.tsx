/** The pages and their addresses; each is loaded when it is first visited. The service serves the console at the same addresses. */
import type { QueryClient } from '@tanstack/react-query';
import { createBrowserRouter, matchRoutes, type RouteObject } from 'react-router';
import type { Person } from './auth/person.js';
import { FrameFailed, NoSuchPage, PageFailed } from './shell/failures.js';
import { Shell } from './shell/shell.js';
import { Waiting } from './shell/waiting.js';

const list = () => import('./pages/providers/page.js');
const pages = {
  '/new': async () => (await import('./pages/new/page.js')).NewPage,
  '/providers/:id/:tab?': async () => (await import('./pages/provider/page.js')).ProviderPage,
  '/webhooks': async () => (await import('./pages/webhooks/page.js')).WebhooksPage,
  '/webhooks/new': async () => (await import('./pages/webhooks/new.js')).NewWebhookPage,
  '/webhooks/:id': async () => (await import('./pages/webhooks/webhook.js')).WebhookPage,
  '/operations': async () => (await import('./pages/operations/page.js')).OperationsPage,
  '/exceptions': async () => (await import('./pages/exceptions/page.js')).ExceptionsPage,
  '/audit': async () => (await import('./pages/audit/page.js')).AuditPage,
} as const;

const routes = Object.entries(pages).map(([path, page]) => ({ path, lazy: async () => ({ Component: await page() }) }));

/** The first list is read while its page is loaded; whatever changes in its address later is the page’s own concern. */
const listRoute = (client: QueryClient, person: Person): RouteObject => ({
  path: '/',
  shouldRevalidate: () => false,
  lazy: async () => {
    const { ProvidersPage, beginList } = await list();
    const loader = ({ request }: { readonly request: Request }) => {
      beginList(client, person, new URL(request.url).searchParams);
      return null;
    };
    return { Component: ProvidersPage, loader };
  },
});

/** Loads the page at an address, which takes as long as signing in does, so that both are done together. */
export function preload(pathname: string): void {
  const [found] = matchRoutes([{ path: '/' }, ...Object.keys(pages).map((path) => ({ path }))], pathname) ?? [];
  const path = found?.route.path;
  // Whatever goes wrong is told when the page is really visited.
  if (path !== undefined) (path === '/' ? list : pages[path as keyof typeof pages])().catch(() => undefined);
}

export const router = (client: QueryClient, person: Person) =>
  createBrowserRouter([
    {
      element: <Shell />,
      HydrateFallback: Waiting,
      ErrorBoundary: FrameFailed,
      children: [
        {
          ErrorBoundary: PageFailed,
          children: [listRoute(client, person), ...routes, { path: '*', Component: NoSuchPage }],
        },
      ],
    },
  ]);
