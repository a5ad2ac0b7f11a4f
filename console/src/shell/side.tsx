/** Where one can go: the pages that fit the reader's roles, and what the reseller offers elsewhere. */
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useLocation, useNavigate } from 'react-router';
import { has, type Person, usePerson } from '../auth/person.js';
import { type Settings, useSettings } from '../settings.js';
import { shellText } from '../text/shell.js';

const link = (text: string, href: string): SideNavigationProps.Link => ({ type: 'link', text, href });
const outside = (text: string, href: string): SideNavigationProps.Link => ({ ...link(text, href), external: true });

function pagesFor(person: Person): SideNavigationProps.Link[] {
  return [
    link(shellText.providers, '/'),
    ...(has(person, 'administrator', 'operator', 'auditor') ? [link(shellText.webhooks, '/webhooks')] : []),
    ...(has(person, 'operator', 'auditor')
      ? [link(shellText.operations, '/operations'), link(shellText.exceptions, '/exceptions')]
      : []),
    ...(has(person, 'auditor') ? [link(shellText.audit, '/audit')] : []),
  ];
}

function elsewhere({ reseller }: Settings): SideNavigationProps.Item[] {
  const links = [
    ...(reseller.analyticsUrl ? [outside(shellText.analytics, reseller.analyticsUrl)] : []),
    ...(reseller.monitoringUrl ? [outside(shellText.monitoring, reseller.monitoringUrl)] : []),
    ...(/^https?:/.test(reseller.contact) ? [outside(shellText.support, reseller.contact)] : []),
  ];
  return links.length === 0
    ? []
    : [{ type: 'divider' }, { type: 'section-group', title: shellText.ofReseller(reseller.name), items: links }];
}

export function Side() {
  const person = usePerson();
  const settings = useSettings();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const pages = pagesFor(person);
  const active = pages.find(({ href }) => href !== '/' && pathname.startsWith(href))?.href ?? '/';
  return (
    <SideNavigation
      activeHref={active}
      items={[...pages, ...elsewhere(settings)]}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        navigate(event.detail.href);
      }}
    />
  );
}
