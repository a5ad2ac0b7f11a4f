/** docs/api.md is held to the code: every call, every section, every reason. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { refusalWords } from '../../../../src/domain/eligibility.js';
import { controllers } from '../../../../src/infrastructure/http/http.module.js';
import { servedRoutes } from '../../../../src/infrastructure/http/openapi/served-routes.js';

const guide = readFileSync('docs/api.md', 'utf8');

/** Each route as the guide writes it, such as `GET /v1/providers/{id}`. */
const routes = servedRoutes(controllers).map(({ method, path }) => `${method.toUpperCase()} ${path}`);

test('every call has a section or an example, and no section is of one that is gone', () => {
  const described = (route: string) => guide.includes(`### ${route}`) || guide.includes(`\`${route}\``);
  expect(routes.filter((route) => !described(route))).toEqual([]);
  const sections = [...guide.matchAll(/^### ((?:GET|PUT|POST|DELETE) [^\s?]+)/gm)].map(([, name]) => name);
  expect(sections.filter((section) => !routes.includes(String(section)))).toEqual([]);
});

test('every reason against an organization is listed in its words', () => {
  const rows = Object.entries(refusalWords).map(([reason, words]) => `| \`${reason}\` | ${words} |`);
  expect(rows.filter((row) => !guide.includes(row))).toEqual([]);
});
