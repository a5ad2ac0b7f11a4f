/** The frame of every page. */
import type { AppLayoutProps } from '@cloudscape-design/components/app-layout';
import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Outlet, useLocation, useNavigationType } from 'react-router';
import { shellText } from '../text/shell.js';
import { Crumbs } from './crumbs.js';
import { Notices, NoticesProvider } from './notices.js';
import { SessionEnded, useSessionFlash } from './session-notices.js';
import styles from './shell.module.css';
import { Side } from './side.js';
import { Top, topId } from './top.js';
import { Waiting } from './waiting.js';

const wideEnough = '(min-width: 1100px)';

const tables: ReadonlySet<string> = new Set(['/', '/webhooks', '/exceptions']);

const contentTypeOf = (pathname: string): AppLayoutProps.ContentType => {
  if (pathname === '/new') return 'wizard';
  if (pathname === '/webhooks/new') return 'form';
  return tables.has(pathname) ? 'table' : 'default';
};

/** A page that is gone to begins at its top; one that is gone back to is where it was left. */
function useTopOfPage(): void {
  const { pathname } = useLocation();
  const how = useNavigationType();
  useEffect(() => {
    if (pathname && how !== 'POP') scrollTo(0, 0);
  }, [pathname, how]);
}

/** Where a link has gone with its page, the keyboard goes on in the new page instead of at the top of the window. */
function useFocusInPage() {
  const content = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  const first = useRef(pathname);
  useEffect(() => {
    if (pathname === first.current) return;
    first.current = '';
    if (document.activeElement === document.body) content.current?.focus({ preventScroll: true });
  }, [pathname]);
  return content;
}

export function Shell() {
  useTopOfPage();
  const page = useFocusInPage();
  const flash = useSessionFlash();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(() => matchMedia(wideEnough).matches);
  const isForm = pathname === '/new';
  return (
    <NoticesProvider>
      <Top />
      <AppLayoutToolbar
        headerSelector={`#${topId}`}
        navigation={<Side />}
        navigationOpen={open && !isForm}
        onNavigationChange={({ detail }) => setOpen(detail.open)}
        breadcrumbs={<Crumbs />}
        notifications={<Notices more={flash} />}
        toolsHide
        contentType={contentTypeOf(pathname)}
        ariaLabels={{
          navigation: shellText.navigation,
          navigationToggle: shellText.navigation,
          navigationClose: shellText.close,
        }}
        content={
          <div ref={page} tabIndex={-1} className={styles.page}>
            <Suspense fallback={<Waiting />}>
              <Outlet />
            </Suspense>
          </div>
        }
      />
      <SessionEnded />
    </NoticesProvider>
  );
}
