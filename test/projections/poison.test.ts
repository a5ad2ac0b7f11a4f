/** What cannot be read or folded stops its readers and nothing else, until a person decides; and the decision can be undone. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { EventStore } from '../../src/application/ports/event-store.js';
import { accesses } from '../../src/application/streams/aggregates.js';
import { healthOf } from '../../src/composition/health/health.js';
import type { DomainEvent } from '../../src/domain/events.js';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store.js';
import { openReadModelFiles, type ReadModelFiles } from '../../src/projections/read-model-table.js';
import { startReadModels } from '../../src/projections/read-models.js';
import { type Answer, type Api, startApi } from '../support/api.js';
import { readEvents } from '../support/event-source.js';
import { draft, sample } from '../support/events.js';
import { acceptTerms, fieldsOf, register, request, typeOf } from '../support/people.js';
import { codecWithoutNames, fromLater, laterCodec, whyUnreadable, writeAsLater } from '../support/poison.js';
import { nameOf } from '../support/read-model-names.js';
import { rowsOf } from '../support/read-model-rows.js';
import { until } from '../support/service.js';
import { termsAccepted } from '../support/story.js';

let api: Api;
let bad: string;
let good: string;

beforeEach(async () => {
  api = await startApi();
  await register(api);
  bad = await request(api, 'bad');
  good = await request(api, 'good');
});
afterEach(() => api.close());

const log = () => join(api.folder, 'log.db');
const rename = (id: string, name: string) =>
  api.call('administrator', 'POST', `/v1/providers/${id}/rename`, { body: { name } });
const decide = (path: string, stream: string, reason = 'Written by a version that was rolled back.') =>
  api.call('operator', 'POST', `/v1/quarantine${path}`, { body: { stream, reason } });
const status = (id: string, query = '', who: 'administrator' | 'operator' = 'administrator') =>
  api.call(who, 'GET', `/v1/providers/${id}${query}`);
const ready = () => healthOf(api).ready();
type Readiness = Awaited<ReturnType<typeof ready>>;
/** Standing still at what cannot be read is told of, and takes nothing out of service: no other process could read it either. */
const standsStill = ({ ok, checks }: Readiness) => ok && Object.values(checks).some(({ detail }) => detail);
const everythingMoves = ({ ok, checks }: Readiness) => ok && Object.values(checks).every(({ detail }) => !detail);

/** Poison in the middle of the bad provider's history; a command elsewhere wakes the readers. */
async function poison(...after: readonly DomainEvent[]): Promise<Answer> {
  await writeAsLater(log(), `provider-${bad}`, fromLater, ...after);
  const answer = await rename(good, 'Woken');
  await until(ready, standsStill);
  return answer;
}

const dump = ({ models }: ReadModelFiles) => rowsOf(models);

/** The rows of read models that are made from nothing, up to a position. */
async function rebuilt(position: unknown, codec?: typeof laterCodec): Promise<unknown> {
  const store = openSqliteEventStore({ file: log(), ...(codec ? { codec } : {}) });
  const db = openReadModelFiles(join(api.folder, `${String(position).split(':')[1]}-again.db`));
  const stop = new AbortController();
  const models = startReadModels(store, db, stop.signal);
  try {
    expect(await models.waitFor(String(position), 5_000)).toBe(true);
    return dump(db);
  } finally {
    stop.abort();
    await models.ended;
    db.close();
    await store.close();
  }
}

test('poison shows in readiness with stream, revision and cause; commands elsewhere go on, and nothing is left out', async () => {
  const answer = await poison();
  expect(answer.status).toBe(200);
  const { checks } = await ready();
  const still = { ok: true, detail: `provider-${bad} revision 1: ${whyUnreadable}` };
  expect(checks).toMatchObject({
    'event-log': { ok: true },
    [nameOf('provider-status')]: still,
    [nameOf('audit-history')]: still,
  });
  expect(await api.readModels.waitFor(String(answer.body.position), 0)).toBe(false);
  expect((await status(good)).body.name).toBe('Production');
});

test('whoever waits for a slot meanwhile is told why, and the operator what to do about it', async () => {
  await acceptTerms(api, good);
  const { position } = (await acceptTerms(api, good)).body;
  expect(await api.readModels.waitFor(String(position), 5_000)).toBe(true);
  const before = await status(good);
  expect(before.body).toHaveProperty('etaSeconds');
  await poison();
  const reason = 'history-unread';
  const stepOf = ({ body }: Answer) => (body.steps as { step: string }[]).find(({ step }) => step === 'AssignPayer');
  const customer = await status(good);
  expect(stepOf(customer)).toMatchObject({
    state: 'waiting',
    reason,
    waitsFor: expect.stringMatching(/No slot is given/),
  });
  expect(customer.body).not.toHaveProperty('etaSeconds');
  expect(customer.text).not.toContain(bad);
  const toDo = expect.stringMatching(
    `stand still at provider-${bad} revision 1: ${whyUnreadable}.*POST /v1/quarantine`,
  );
  expect(stepOf(await status(good, '', 'operator'))).toMatchObject({ reason, waitsFor: toDo });
  const queue = await api.call('operator', 'GET', '/v1/queue');
  expect(queue.body.items).toMatchObject([{ providerId: good, reason, words: toDo }]);

  const { body } = await decide('', `provider-${bad}`);
  const after = await status(good, `?minPosition=${body.position}`);
  expect(after.body.steps).toEqual(before.body.steps);
  expect(after.body).toHaveProperty('etaSeconds');
});

test('a provider that the read models have not come to is not said to be none', async () => {
  await poison();
  const unread = await request(api, 'unread');
  const met = await status(unread);
  expect([met.status, typeOf(met), met.headers.get('retry-after')]).toEqual([503, 'unavailable', '5']);
  const { body } = await decide('', `provider-${bad}`);
  expect((await status(unread, `?minPosition=${body.position}`)).status).toBe(200);
});

test('an organization is read from its own read model, which moves on, and a list says that it may lack what is new', async () => {
  await poison();
  await register(api, 'initech');
  const fresh = `minPosition=${api.store.head()}`;
  const options = await api.call('operator', 'GET', `/v1/organizations/initech/options?territory=US&${fresh}`);
  expect(options.status).toBe(200);
  const standstill = { reason: 'history-unread', words: expect.stringMatching(/may lack what is new/) };
  const list = await api.call('administrator', 'GET', '/v1/organizations/acme/providers');
  expect(list.body).toMatchObject({ items: [{}, {}], standstill });
  expect(list.text).not.toContain(whyUnreadable);
  expect((await api.call('operator', 'GET', '/v1/providers')).body).toMatchObject({ items: [{}, {}], standstill });
});

test('a command on what cannot be read says so, and who may not know of it hears nothing', async () => {
  await poison();
  const refused = await rename(bad, 'New');
  expect([refused.status, typeOf(refused)]).toEqual([503, 'unreadable']);
  const stranger = await api.call('outsider', 'POST', `/v1/providers/${bad}/rename`, { body: { name: 'New' } });
  expect(stranger.status).toBe(404);
});

test('an operator sees where readers stand still, and sets the stream aside; then everybody else is served again', async () => {
  const answer = await poison();
  const before = await api.call('operator', 'GET', '/v1/quarantine');
  const stream = `provider-${bad}`;
  expect(before.body).toMatchObject({ items: [], unreadable: [{ stream, revision: 1, cause: whyUnreadable }] });
  const decided = await decide('', stream);
  expect(decided.body).toMatchObject({ stream, quarantined: true, fromRevision: 1, cause: whyUnreadable });
  const seen = await status(good, `?minPosition=${decided.body.position}`);
  expect([seen.status, seen.body.name]).toEqual([200, 'Woken']);
  await api.readModels.waitFor(String(decided.body.position), 5_000);
  expect(everythingMoves(await ready())).toBe(true);
  expect(await api.readModels.waitFor(String(answer.body.position), 0)).toBe(true);
  const after = await api.call('auditor', 'GET', '/v1/quarantine');
  expect(after.body).toMatchObject({
    items: [{ stream, reason: expect.stringMatching(/rolled back/) }],
    unreadable: [],
  });
});

test('what is set aside says so in its status and list, and refuses commands in words', async () => {
  await poison();
  const { body } = await decide('', `provider-${bad}`);
  const told = { since: expect.any(String), words: expect.stringMatching(/set aside by the operator/) };
  const customer = await status(bad, `?minPosition=${body.position}`);
  expect(customer.body).toMatchObject({ stage: 'requested', name: 'Production' });
  expect(customer.body.quarantine).toEqual(told);
  expect((await status(bad, '', 'operator')).body.quarantine).toMatchObject({ ...told, cause: whyUnreadable });
  const list = await api.call('administrator', 'GET', '/v1/organizations/acme/providers');
  const items = list.body.items as { id: string; quarantine?: unknown }[];
  expect(items.map(({ id, quarantine }) => [id, quarantine !== undefined]).sort()).toEqual(
    [
      [bad, true],
      [good, false],
    ].sort(),
  );
  const refused = await rename(bad, 'New');
  expect([refused.status, typeOf(refused)]).toEqual([409, 'quarantined']);
  expect((await acceptTerms(api, bad)).status).toBe(409);
  expect((await api.call('outsider', 'POST', `/v1/providers/${bad}/withdraw`)).status).toBe(404);
  const history = await api.call('administrator', 'GET', `/v1/providers/${bad}/history`);
  expect((history.body.items as { type: string }[]).map(({ type }) => type)).toEqual(['ProviderRequested']);
});

test('read models are the same whether they met the poison or the decision first', async () => {
  await poison(termsAccepted);
  const { body } = await decide('', `provider-${bad}`);
  await rename(good, 'Later still');
  const last = String((await rename(good, 'Last')).body.position);
  expect(await api.readModels.waitFor(last, 5_000)).toBe(true);
  expect(await rebuilt(last)).toEqual(dump(api.db));
  expect(api.store.compare(last, String(body.position))).toBeGreaterThan(0);
});

test('who stands still takes up a decision about another stream once, instead of reading the log again and again', async () => {
  const other = await request(api, 'other');
  await poison();
  await writeAsLater(log(), `provider-${other}`, fromLater);
  await decide('', `provider-${other}`);
  const store = openSqliteEventStore({ file: log() });
  const stop = new AbortController();
  let reads = 0;
  const counting = {
    ...store,
    follow(after: string | undefined, signal: AbortSignal) {
      // A reader that never stops would let nothing else in this process have its turn.
      if (++reads === 100) stop.abort();
      return store.follow(after, signal);
    },
  };
  const files = openReadModelFiles(join(api.folder, 'counted.db'));
  const models = startReadModels(counting, files, stop.signal);
  try {
    const bothTold = await until(
      async () => [models.quarantined(other), models.health().some(({ stopped }) => stopped?.includes(bad))],
      ([decided, stands]) => decided !== undefined && stands === true,
    );
    expect(bothTold).toEqual([expect.objectContaining({ fromRevision: 1 }), true]);
    expect(reads).toBeLessThan(50);
  } finally {
    stop.abort();
    await models.ended;
    files.close();
    await store.close();
  }
});

test('rows of one that stands still, and that cannot be taken back, are made anew with the decision in force', async () => {
  await rename(bad, 'Plain');
  await writeAsLater(log(), `provider-${bad}`, fromLater);
  const present = openSqliteEventStore({ file: log() });
  const oldest = openSqliteEventStore({ file: log(), codec: codecWithoutNames });
  let eyes = present;
  const changing: EventStore = {
    ...present,
    read: (...asked) => eyes.read(...asked),
    follow: (...asked) => eyes.follow(...asked),
  };
  const stop = new AbortController();
  const files = openReadModelFiles(join(api.folder, 'changing.db'));
  const models = startReadModels(changing, files, stop.signal);
  try {
    const standsAt = async () => models.health().map(({ stopped }) => stopped);
    await until(standsAt, (all) => all.some((words) => words?.includes('revision 2')));
    eyes = oldest;
    const decision = { type: 'StreamQuarantined', stream: `provider-${bad}`, fromRevision: 1 } as const;
    await present.append('quarantine-streams', -1, [draft({ ...decision, cause: 'Unknown.', reason: 'Rolled back.' })]);
    expect(await models.waitFor(present.head() ?? '', 5_000)).toBe(true);
    expect(dump(files)).toEqual(await rebuilt(present.head()));
  } finally {
    stop.abort();
    await models.ended;
    files.close();
    for (const store of [present, oldest]) await store.close();
  }
});

test('who stands still at a stream that was set aside and put back into use between two looks goes on', async () => {
  await writeAsLater(log(), `provider-${bad}`, fromLater, termsAccepted);
  const present = openSqliteEventStore({ file: log() });
  const later = openSqliteEventStore({ file: log(), codec: laterCodec });
  let eyes = present;
  const changing: EventStore = {
    ...present,
    read: (...asked) => eyes.read(...asked),
    follow: (...asked) => eyes.follow(...asked),
  };
  const stop = new AbortController();
  const files = openReadModelFiles(join(api.folder, 'changing.db'));
  const models = startReadModels(changing, files, stop.signal);
  try {
    const standsAt = async () => models.health().map(({ stopped }) => stopped);
    await until(standsAt, (all) => all.some((words) => words?.includes('revision 1')));
    eyes = later;
    const about = { stream: `provider-${bad}`, reason: 'Rolled back, and forth.' };
    await present.append('quarantine-streams', -1, [
      draft({ type: 'StreamQuarantined', fromRevision: 1, cause: 'Unknown.', ...about }),
      draft({ type: 'QuarantineLifted', ...about }),
    ]);
    expect(await models.waitFor(present.head() ?? '', 5_000)).toBe(true);
    expect(dump(files)).toEqual(await rebuilt(present.head(), laterCodec));
  } finally {
    stop.abort();
    await models.ended;
    files.close();
    for (const store of [present, later]) await store.close();
  }
});

test('a decision is recorded once, and one without ground is refused', async () => {
  const stream = `provider-${bad}`;
  const readable = await decide('', stream);
  expect([readable.status, typeOf(readable), fieldsOf(readable)]).toEqual([409, 'wrong-stage', ['stream']]);
  expect((await decide('', 'provider-nobody')).status).toBe(404);
  expect((await decide('/lift', stream)).status).toBe(409);
  await poison();
  const first = await decide('', stream);
  const again = await decide('', stream, 'Once more.');
  expect([again.status, again.body.position]).toEqual([200, first.body.position]);
  const lifted = await decide('/lift', stream);
  expect([lifted.status, typeOf(lifted)]).toEqual([409, 'wrong-stage']);
  expect(lifted.body.detail).toMatch(/revision 1 still cannot be read/);
  expect((await decide('', 'quarantine-streams')).status).toBe(400);
  const decisions = await api.store.read('quarantine-streams');
  expect(decisions).toMatchObject([{ event: { type: 'StreamQuarantined', stream }, metadata: { role: 'operator' } }]);
});

test('a version that can read it lifts the decision, and the read models hold all of it', async () => {
  await poison(termsAccepted);
  await decide('', `provider-${bad}`);
  const later = openSqliteEventStore({ file: log(), codec: laterCodec });
  const stop = new AbortController();
  const db = openReadModelFiles(join(api.folder, 'later.db'));
  const models = startReadModels(later, db, stop.signal);
  try {
    expect(await models.waitFor(later.head() ?? '', 5_000)).toBe(true);
    expect(models.provider(bad)?.provider.stage).toBe('requested');
    const lift = { type: 'QuarantineLifted', stream: `provider-${bad}`, reason: 'Readable again.' } as const;
    const [lifted] = await later.append('quarantine-streams', 0, [draft(lift)]);
    // Whoever waits for the decision sees it in force.
    expect(await models.waitFor(String(lifted?.position), 5_000, undefined, ['provider-status'])).toBe(true);
    expect(models.provider(bad)?.provider.stage).toBe('accepted');
    expect(models.quarantined(bad)).toBeUndefined();
    expect(await rebuilt(later.head(), laterCodec)).toEqual(dump(db));
  } finally {
    stop.abort();
    await models.ended;
    db.close();
    await later.close();
  }
});

test('history that can be read but not folded is the same: it stops, is named, and can be set aside', async () => {
  await api.store.append('provider-lost', -1, [draft(termsAccepted)]);
  await until(ready, standsStill);
  const decided = await decide('', 'provider-lost');
  expect(decided.body).toMatchObject({ fromRevision: 0, cause: 'TermsAccepted cannot follow in stage unknown' });
  expect((await status(good, `?minPosition=${decided.body.position}`)).status).toBe(200);
  await api.readModels.waitFor(String(decided.body.position), 5_000);
  expect(everythingMoves(await ready())).toBe(true);
});

test('an organization whose history cannot be folded shows in readiness as well, and can be set aside', async () => {
  const facts = sample('OrganizationUpdated');
  await api.store.append('organization-lost', -1, [draft(facts)]);
  const { checks } = await until(ready, standsStill);
  const cause = 'OrganizationUpdated in stage unknown';
  expect(checks[nameOf('organizations')]).toEqual({ ok: true, detail: `organization-lost revision 0: ${cause}` });
  const { body } = await api.call('operator', 'GET', '/v1/quarantine');
  expect(body.unreadable).toMatchObject([{ stream: 'organization-lost', revision: 0, cause }]);
  const decided = await decide('', 'organization-lost');
  expect(decided.body).toMatchObject({ fromRevision: 0, cause });
  expect((await status(good, `?minPosition=${decided.body.position}`)).status).toBe(200);
  await api.readModels.waitFor(String(decided.body.position), 5_000);
  expect(everythingMoves(await ready())).toBe(true);
});

test('a live connection ends at poison instead of leaving it out, and the others live on', async () => {
  const leave = new AbortController();
  const listen = async (id: string) => {
    const sent = await api.send('administrator', 'GET', `/v1/providers/${id}/changes`, { signal: leave.signal });
    return readEvents(sent);
  };
  const [lost, kept] = [await listen(bad), await listen(good)];
  await Promise.all([lost.take(1), kept.take(1)]);
  await poison();
  expect(await lost.next()).toBeUndefined();
  expect(await kept.next()).toMatchObject({ event: 'ProviderRenamed', data: { data: { name: 'Woken' } } });
  const again = await api.call('administrator', 'GET', `/v1/providers/${bad}/changes`);
  expect([again.status, typeOf(again)]).toEqual([503, 'unreadable']);
  await decide('', `provider-${bad}`);
  const aside = await api.call('administrator', 'GET', `/v1/providers/${bad}/changes`);
  expect([aside.status, typeOf(aside)]).toEqual([409, 'quarantined']);
  await rename(good, 'Still told');
  expect((await kept.next())?.data.data).toEqual({ name: 'Still told' });
  leave.abort();
});

test('who used credentials is a stream of its own: set aside, it refuses their use and nothing else', async () => {
  await writeAsLater(log(), `access-${good}`, fromLater);
  await rename(bad, 'Woken');
  await until(ready, standsStill);
  expect((await decide('', `access-${good}`)).body).toMatchObject({ fromRevision: 0 });
  await expect(api.dependencies.streams.load(accesses, good)).rejects.toMatchObject({ code: 'quarantined' });
  expect((await rename(good, 'Free')).status).toBe(200);
});
