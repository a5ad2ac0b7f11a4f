/** The federation endpoint: credentials become a one-time sign-in address. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { firstPayer, type Keys, SimulatedAws, vendingRole } from '../../support/simulated-payer.js';

let aws: SimulatedAws;
let keys: Keys;

beforeEach(async () => {
  aws = new SimulatedAws();
  keys = await aws.assume({ RoleArn: vendingRole(firstPayer.account), RoleSessionName: 'person-7' });
});
afterEach(() => aws.close());

const sessionOf = ({ accessKeyId, secretAccessKey, sessionToken }: Keys) =>
  JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken });

const askToken = (members: Record<string, string> = {}) => {
  const form = new URLSearchParams({ Action: 'getSigninToken', Session: sessionOf(keys), ...members });
  return aws.ask('POST', '/federation', { body: form.toString() });
};
const tokenIn = (body: string): string => (JSON.parse(body) as { SigninToken: string }).SigninToken;
const login = (SigninToken: string, Destination = 'https://console.aws.amazon.com/') =>
  aws.ask('GET', '/federation', {
    query: { Action: 'login', Issuer: 'https://example.com', Destination, SigninToken },
  });

test('a session signs in once, as the session it is', () => {
  const answer = askToken();
  expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
  const token = tokenIn(answer.body);
  const page = login(token);
  expect(page.status).toBe(200);
  expect(page.body).toContain(`arn:aws:sts::${firstPayer.account}:assumed-role/PartnerCloudVending/person-7`);
  expect(login(token).status).toBe(400);
});

test('the token may be asked for by GET too', () => {
  const query = { Action: 'getSigninToken', Session: sessionOf(keys) };
  expect(aws.ask('GET', '/federation', { query }).status).toBe(200);
});

test('a sign-in address is good for 15 minutes', () => {
  const [first, second] = [tokenIn(askToken().body), tokenIn(askToken().body)];
  aws.passes(15 * 60_000 - 1);
  expect(login(first).status).toBe(200);
  aws.passes(1);
  expect(login(second).status).toBe(400);
});

test('chained credentials may not ask for a duration', () => {
  const refused = askToken({ SessionDuration: '3600' });
  expect(refused).toMatchObject({ status: 400, body: expect.stringContaining('Invalid credentials parameter') });
});

test.each([
  ['no action', { Action: '' }],
  ['no session', { Session: '' }],
  ['a session that is no JSON', { Session: 'x' }],
  ['a session of nothing', { Session: 'null' }],
  ['long-term keys', { Session: JSON.stringify({ sessionId: 'AKIA', sessionKey: 'x' }) }],
  ['keys nobody knows', { Session: JSON.stringify({ sessionId: 'ASIA', sessionKey: 'x', sessionToken: 'y' }) }],
])('%s gets no token', (_, members) => {
  expect(askToken(members).status).toBe(400);
});

test('a session that has ended gets no token', () => {
  aws.passes(3_600_000);
  expect(askToken().status).toBe(400);
});

test('nobody signs in with a made-up token or to nowhere', () => {
  expect(login('made-up').status).toBe(400);
  const token = tokenIn(askToken().body);
  expect(login(token, 'nowhere').status).toBe(400);
  expect(login(token).status).toBe(200);
});

test('the record of calls shows neither keys nor tokens', () => {
  const token = tokenIn(askToken().body);
  login(token);
  const calls = aws.ask('GET', '/_simulator/calls').body;
  expect(calls).toContain('getSigninToken');
  for (const secret of [keys.secretAccessKey, keys.sessionToken ?? '', token]) expect(calls).not.toContain(secret);
});
