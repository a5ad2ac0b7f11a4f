/** Where one is, below the providers. */
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import type { Status } from '../api/types.js';
import { providerKey } from '../live/use-provider.js';
import { shellText } from '../text/shell.js';

const providerIn = (pathname: string): string | undefined => /^\/providers\/([^/]+)/.exec(pathname)?.[1];

/** The provider's name, once its page has read it. */
function useNameOf(id: string | undefined): string | undefined {
  const { data } = useQuery<Status>({ queryKey: providerKey(id ?? ''), enabled: false });
  return id === undefined ? undefined : (data?.name ?? id.slice(0, 8));
}

export function Crumbs() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const name = useNameOf(providerIn(pathname));
  const here = pathname === '/new' ? shellText.newProvider : name;
  if (here === undefined) return null;
  return (
    <BreadcrumbGroup
      items={[
        { text: shellText.providers, href: '/' },
        { text: here, href: pathname },
      ]}
      onFollow={(event) => {
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
  );
}
