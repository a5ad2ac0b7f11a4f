/** Where one is, below the list of what it is one of. */
import BreadcrumbGroup, { type BreadcrumbGroupProps } from '@cloudscape-design/components/breadcrumb-group';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import type { Webhook } from '../../../src/client/generated/types.gen.js';
import { webhookKey } from '../api/queries.js';
import type { Status } from '../api/types.js';
import { providerKey } from '../live/use-provider.js';
import { shellText } from '../text/shell.js';

type Item = BreadcrumbGroupProps.Item;

const providers: Item = { text: shellText.providers, href: '/' };
const webhooks: Item = { text: shellText.webhooks, href: '/webhooks' };

const forms: Readonly<Record<string, readonly Item[]>> = {
  '/new': [providers, { text: shellText.newProvider, href: '/new' }],
  '/webhooks/new': [webhooks, { text: shellText.newWebhook, href: '/webhooks/new' }],
};

/** Its name, once its page has read it. */
function useNames(id: string): Readonly<Record<string, string | undefined>> {
  const { data: status } = useQuery<Status>({ queryKey: providerKey(id), enabled: false });
  const { data: webhook } = useQuery<Webhook>({ queryKey: webhookKey(id), enabled: false });
  return { providers: status?.name, webhooks: webhook && URL.parse(webhook.url)?.host };
}

function useCrumbs(): readonly Item[] {
  const { pathname } = useLocation();
  const [, kind = '', id = ''] = pathname.split('/');
  const names = useNames(id);
  const form = forms[pathname];
  if (form) return form;
  if (id === '' || !(kind in names)) return [];
  return [kind === 'providers' ? providers : webhooks, { text: names[kind] ?? id.slice(0, 8), href: pathname }];
}

export function Crumbs() {
  const navigate = useNavigate();
  const items = useCrumbs();
  if (items.length === 0) return null;
  return (
    <BreadcrumbGroup
      items={items}
      onFollow={(event) => {
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
  );
}
