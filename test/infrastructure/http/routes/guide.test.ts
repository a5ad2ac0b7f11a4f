/** docs/api.md is held to the code: every call with its roles, every section, every stage. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { RequestMethod } from '@nestjs/common';
import { type Action, rolesFor } from '../../../../src/application/authorization/actions.js';
import { roles } from '../../../../src/application/authorization/identity.js';
import { refusalWords } from '../../../../src/domain/eligibility.js';
import { controllers } from '../../../../src/infrastructure/http/http.module.js';
import { ACTION } from '../../../../src/infrastructure/http/kit/route-action.js';

const guide = readFileSync('docs/api.md', 'utf8');

/** Each route as the guide writes it, such as `GET /v1/providers/{id}`, with the call it declares. */
const routes = controllers.flatMap((controller) => {
  const handlers = Object.getOwnPropertyDescriptors(controller.prototype);
  return Object.values(handlers).flatMap(({ value }) => {
    const call: Action | 'open' | undefined = Reflect.getMetadata(ACTION, value);
    if (call === undefined) return [];
    const method = RequestMethod[Reflect.getMetadata('method', value)];
    const path = `/${Reflect.getMetadata('path', controller)}/${Reflect.getMetadata('path', value)}`;
    return [{ call, route: `${method} ${path.replace(/\/+$/, '').replace(/:(\w+)/g, '{$1}')}` }];
  });
});

/** The cells of the row of a call in the table of roles. */
const rowOf = (route: string): readonly string[] | undefined =>
  guide
    .split('\n')
    .find((line) => line.startsWith(`| ${route} |`))
    ?.split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());

test('the table of roles is that of the code', () => {
  expect(guide).toContain(`| Call | ${roles.join(' | ')} |`);
  for (const { call, route } of routes) {
    if (call === 'open') continue;
    const allowed: readonly string[] = rolesFor(call);
    expect([route, rowOf(route)?.map((cell) => cell !== '')]).toEqual([route, roles.map((r) => allowed.includes(r))]);
  }
});

test('every call has a section or an example, and the table names none that is gone', () => {
  const described = (route: string) => guide.includes(`### ${route}`) || guide.includes(`\`${route}\``);
  expect(routes.map(({ route }) => route).filter((route) => !described(route))).toEqual([]);
  const listed = guide.match(/^\| (GET|PUT|POST|DELETE) \S+/gm) ?? [];
  const known = routes.filter(({ call }) => call !== 'open').map(({ route }) => `| ${route}`);
  expect(listed.sort()).toEqual(known.sort());
});

test('every reason against an organization is listed in its words', () => {
  const rows = Object.entries(refusalWords).map(([reason, words]) => `| \`${reason}\` | ${words} |`);
  expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
});
