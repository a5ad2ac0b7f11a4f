/** What the console offers a webhook to tell of, and what it says of one: pure, so it is told without a browser. */
import { expect, test } from '@jest/globals';
import { mistakesInWebhook, typeGroups, typesText } from '../../console/src/format/webhooks.js';
import { mayStop, maySubscribe, mayUse } from '../../console/src/pages/webhooks/rights.js';
import { typesForCustomers } from '../../src/application/authorization/redaction.js';
import { headSigned } from '../../src/application/webhooks/messages/signed-head.js';
import { eventSchemas } from '../../src/infrastructure/event-store/format/schemas/all.js';

const offered = (ofAll: boolean): readonly string[] =>
  typeGroups(ofAll).flatMap(({ options }) => options.map(({ value }) => value));

test('just those types are offered that the service takes, to a customer and to the reseller’s people', () => {
  expect([...offered(false)].sort()).toEqual([...typesForCustomers, headSigned].sort());
  expect([...offered(true)].sort()).toEqual([...Object.keys(eventSchemas), headSigned].sort());
});

test('types are told in a line, however many there are', () => {
  expect(typesText([])).toBe('Every event');
  expect(typesText(['CredentialsIssued', 'StepDelayed'])).toBe('CredentialsIssued, StepDelayed');
  expect(typesText(['A', 'B', 'C', 'D'])).toBe('A, B and 2 more');
});

test.each([
  ['https://hooks.customer.example/in', true, [], []],
  [' http://10.1.2.3:8080/in ', false, ['StepDelayed'], []],
  ['hooks.customer.example', true, [], ['url']],
  ['https://hooks.customer.example/in?key=1', true, [], ['url']],
  ['https://ada@hooks.customer.example/in', false, [], ['url', 'types']],
])('%s, of everything: %s, of %j lacks %j', (url, everything, types, mistakes) => {
  expect(Object.keys(mistakesInWebhook({ url, everything, types }))).toEqual(mistakes);
});

const person = (role: string, organization?: string) => ({ subject: 'u-1', name: 'Ada', roles: [role], organization });
const [administrator, other] = [person('administrator', 'acme'), person('administrator', 'globex')];
const [member, operator, auditor] = [person('member', 'acme'), person('operator'), person('auditor')];

test('who subscribed uses a webhook, an operator stops any, and others only look', () => {
  const everybody = [administrator, other, member, operator, auditor];
  expect(everybody.map(maySubscribe)).toEqual([true, true, false, true, false]);
  const [own, ofAll] = [{ organization: 'acme' }, {}];
  expect(everybody.map((who) => mayUse(who, own))).toEqual([true, false, false, false, false]);
  expect(everybody.map((who) => mayStop(who, own))).toEqual([true, false, false, true, false]);
  expect(everybody.map((who) => mayUse(who, ofAll))).toEqual([false, false, false, true, false]);
});
