/** Starts the console: who is it, then the pages. Whatever goes wrong on the way is told, never a blank page. */
import '@cloudscape-design/global-styles/index.css';
import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { whoAmI } from '../../src/client/generated/sdk.gen.js';
import { asked, connect } from './api/asked.js';
import { signInProblem, unreadableAnswer } from './api/problem.js';
import { openQueries } from './api/queries.js';
import { keepFor } from './auth/kept.js';
import { type Person, PersonContext } from './auth/person.js';
import { goalOfSignIn, nameOfPerson, signIn } from './auth/session.js';
import { preload, router } from './router.js';
import { readSettings, type Settings, SettingsContext } from './settings.js';
import { CannotStart, SignedOut, Starting } from './shell/failures.js';
import { followAppearance } from './shell/mode.js';
import { shellText } from './text/shell.js';

const root = createRoot(document.getElementById('root') as HTMLElement);

const draw = (page: ReactNode): void =>
  root.render(
    <StrictMode>
      <I18nProvider locale="en" messages={[messages]}>
        {page}
      </I18nProvider>
    </StrictMode>,
  );

async function whoIsIt(): Promise<Person> {
  const { subject, organization, roles } = await asked(whoAmI(), 'subject', 'roles');
  if (!Array.isArray(roles)) throw unreadableAnswer;
  return { subject, name: nameOfPerson() ?? subject, roles, organization };
}

async function start(): Promise<void> {
  if (location.pathname === '/signed-out') return draw(<SignedOut />);
  draw(<Starting />);
  preload(goalOfSignIn() ?? location.pathname);
  const settings: Settings = await readSettings();
  try {
    await signIn(settings);
  } catch (error) {
    return draw(<CannotStart title={shellText.cannotSignIn} error={signInProblem(error)} />);
  }
  connect();
  const person = await whoIsIt();
  keepFor(person.subject);
  const client = openQueries();
  draw(
    <SettingsContext value={settings}>
      <PersonContext value={person}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router(client, person)} />
        </QueryClientProvider>
      </PersonContext>
    </SettingsContext>,
  );
}

followAppearance();
start().catch((error: unknown) => draw(<CannotStart title={shellText.cannotStart} error={error} />));
