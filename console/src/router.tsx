/** The pages and their addresses; each is loaded when it is first visited. The service serves the console at the same addresses. */
import { createBrowserRouter } from 'react-router';
import { FrameFailed, NoSuchPage, PageFailed } from './shell/failures.js';
import { Shell } from './shell/shell.js';
import { Waiting } from './shell/waiting.js';

const providerPage = async () => ({ Component: (await import('./pages/provider/page.js')).ProviderPage });

export const router = () =>
  createBrowserRouter([
    {
      element: <Shell />,
      HydrateFallback: Waiting,
      ErrorBoundary: FrameFailed,
      children: [
        {
          ErrorBoundary: PageFailed,
          children: [
            { path: '/', lazy: async () => ({ Component: (await import('./pages/providers/page.js')).ProvidersPage }) },
            { path: '/new', lazy: async () => ({ Component: (await import('./pages/new/page.js')).NewPage }) },
            { path: '/providers/:id/:tab?', lazy: providerPage },
            {
              path: '/operations',
              lazy: async () => ({ Component: (await import('./pages/operations/page.js')).OperationsPage }),
            },
            { path: '/audit', lazy: async () => ({ Component: (await import('./pages/audit/page.js')).AuditPage }) },
            {
              path: '/webhooks',
              lazy: async () => ({ Component: (await import('./pages/webhooks/page.js')).WebhooksPage }),
            },
            {
              path: '/webhooks/new',
              lazy: async () => ({ Component: (await import('./pages/webhooks/new.js')).NewWebhookPage }),
            },
            {
              path: '/webhooks/:id',
              lazy: async () => ({ Component: (await import('./pages/webhooks/webhook.js')).WebhookPage }),
            },
            { path: '*', Component: NoSuchPage },
          ],
        },
      ],
    },
  ]);
