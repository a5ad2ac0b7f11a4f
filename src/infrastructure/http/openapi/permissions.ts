/** Who may make which call, as one table in Markdown: the routes as they are served, and the application's table of actions. */
import type { Type } from '@nestjs/common';
import { reachOf } from '../../../application/authorization/actions.js';
import { type Role, roles } from '../../../application/authorization/identity.js';
import type { RouteAction } from '../kit/route-action.js';
import { servedRoutes } from './served-routes.js';

const cell = (action: RouteAction, role: Role): string => (action === 'open' ? 'all' : (reachOf(action, role) ?? ''));

const row = (...texts: readonly string[]): string => `| ${texts.join(' | ')} |`;

/** The page of these controllers' routes. */
export function permissionsPage(controllers: readonly Type[]): string {
  const rows = servedRoutes(controllers).map(({ method, path, action }) =>
    row(
      `\`${method.toUpperCase()} ${path}\``,
      action === 'open' ? 'yes' : '',
      ...roles.map((role) => cell(action, role)),
    ),
  );
  return [
    introduction,
    row('Route', 'without a token', ...roles),
    row('---', '---', ...roles.map(() => '---')),
    ...rows,
    '',
  ].join('\n');
}

const introduction = `# Who may do what

Made by \`npm run permissions\` from the code's tables; a test holds it to them, and another makes every call in every role, with no
token and with bad ones.

- *own*: in the organization of the caller alone; *listed*: in those that the token of a service lists; *all*: in every organization.
  An empty cell is 403 \`forbidden\`.
- No token, an expired one, one for another audience, one that was changed or that nobody known has signed: 401 \`unauthenticated\`.
- What belongs to another organization does not exist for those with *own* or *listed*: 404 \`not-found\`, never 403, whether or not it is there.
- A caller with several roles acts in those that may make the call.
- A service accepts terms only with the claim \`may-accept-terms\`; whatever it changes but facts about an organization it does for a person,
  whom it names in \`X-Actor\`. Facts show both.
- Of sessions, in the console and on the command line, members open read-only ones alone.
- An operator disables and removes any webhook; of an organization's, only its administrators make a secret, enable it and have it replay.
- Whatever is refused so is not recorded.
`;
