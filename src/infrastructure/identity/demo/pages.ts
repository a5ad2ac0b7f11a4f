/** The few pages of the demo issuer: who to be, signing out, and what went wrong. */
import { hash } from 'node:crypto';
import { type DemoPerson, type DirectoryEntry, demoPeople } from './people.js';

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 "Open Sans", system-ui, sans-serif; }
  body { max-width: 30rem; margin: 10vh auto; padding: 0 1rem; }
  h1 { font-size: 1.5rem; }
  button { display: block; width: 100%; margin: 0.5rem 0; padding: 0.75rem 1rem; text-align: left; font: inherit;
    border: 1px solid #7d8998; border-radius: 0.5rem; background: transparent; color: inherit; cursor: pointer; }
  button:hover, button:focus-visible { border-color: #0972d3; outline: 2px solid #0972d3; }
  small { display: block; opacity: 0.8; }`;

/** What the pages may load: nothing but their own style. A form's target may redirect to whoever asked for the sign-in. */
export const contentPolicy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; base-uri 'none'; frame-ancestors 'none'`;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;

const whatTheyDo: Readonly<Record<DemoPerson, string>> = {
  administrator: 'asks for accounts and gets the credentials',
  member: 'sees the accounts of the organization',
  auditor: 'reads everything and changes nothing',
  operator: 'unblocks what is halted',
  service: 'an internal service that reports facts about customers',
  portal: 'an internal service that asks for accounts on behalf of people',
  outsider: 'administers another organization',
};

/** The people to choose from, each a button; whoever asked for the sign-in is told afterwards. */
export function peoplePage(): string {
  const people = Object.entries(demoPeople) as [DemoPerson, DirectoryEntry][];
  const buttons = people
    .filter(([, { roles }]) => !roles.includes('service'))
    .map(([person, { name, organization }]) => {
      const at = organization === undefined ? 'the reseller' : organization;
      return `<button name="person" value="${person}">${escaped(name)}, ${person} at ${escaped(at)}<small>${whatTheyDo[person]}</small></button>`;
    });
  const note = '<p>This is the demo’s own sign-in. It knows these people and asks for no password.</p>';
  return page('Who do you want to be?', `${note}\n<form method="post">\n${buttons.join('\n')}\n</form>`);
}

/** `form` is the provider's own, with what protects it from being sent by another page. */
export const signOutPage = (form: string): string =>
  page(
    'Sign out of the demo?',
    `${form}\n<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );

export const signedOutPage = page('You are signed out', '<p>You can close this page.</p>');

export const errorPage = (words: string): string =>
  page(
    'This sign-in cannot go on',
    `<p>${escaped(words)}.</p>\n<p>Go back to where you came from and start again.</p>`,
  );
