/** What people do through the API in the usual order, so that a test can begin where it matters. */
import { expect } from '@jest/globals';
import { providers } from '../../src/application/streams/aggregates.js';
import type { ProviderEvent } from '../../src/domain/provider/events.js';
import type { DemoPerson } from '../../src/infrastructure/identity/demo/people.js';
import type { Answer, Api } from './api.js';
import { active, credentialsIssued, eligible } from './story.js';

export const production = { name: 'Production', origin: 'new', territory: 'US' };

export const key = (value: string) => ({ 'idempotency-key': value });

/** Reports an organization that may have accounts. */
export async function register(api: Api, organization = 'acme', facts: object = eligible): Promise<void> {
  const answer = await api.call('service', 'PUT', `/v1/organizations/${organization}`, { body: facts });
  expect(answer.status).toBe(200);
}

/** Asks for a provider and answers with its id. */
export async function request(
  api: Api,
  idempotencyKey: string,
  who: DemoPerson = 'administrator',
  organization = 'acme',
): Promise<string> {
  const sending = { body: production, headers: key(idempotencyKey) };
  const answer = await api.call(who, 'POST', `/v1/organizations/${organization}/providers`, sending);
  expect(answer.status).toBe(201);
  return String(answer.body.id);
}

/** Nobody listens there, so that what is sent fails at once. */
const nobodysPort = 'http://127.0.0.1:9/partner-cloud';

/** Subscribes a webhook to everything and answers with its id. */
export async function subscribe(api: Api, idempotencyKey: string, who: DemoPerson = 'administrator'): Promise<string> {
  const body = { url: nobodysPort };
  const answer = await api.call(who, 'POST', '/v1/webhooks', { body, headers: key(idempotencyKey) });
  expect(answer.status).toBe(201);
  return String(answer.body.id);
}

/** The terms in force, as somebody accepts them. */
export async function currentDocuments(api: Api): Promise<{ party: string; version: string; digest: string }[]> {
  const { body } = await api.call('administrator', 'GET', '/v1/terms?territory=US');
  const documents = body.documents as { party: string; version: string; digest: string }[];
  return documents.map(({ party, version, digest }) => ({ party, version, digest }));
}

export async function acceptTerms(api: Api, id: string): Promise<Answer> {
  const body = { documents: await currentDocuments(api) };
  return api.call('administrator', 'POST', `/v1/providers/${id}/terms-acceptance`, { body });
}

/** Records what the saga would, up to credentials whose password is in the vault. */
export async function issue(api: Api, id: string, password: string): Promise<void> {
  const secret = `credentials/${id}`;
  await api.vault.putIfAbsent(secret, 1, password);
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const story = active.slice(2, -1) as ProviderEvent[];
  await record(api, id, ...story, { ...credentialsIssued(), expiresAt, secret: `${secret}#1` });
}

export const record = (api: Api, id: string, ...events: ProviderEvent[]): Promise<void> =>
  api.record(providers, id, ...events);

/** The fields that a problem names. */
export const fieldsOf = ({ body }: Answer): string[] => (body.errors as { field: string }[]).map(({ field }) => field);

export const typeOf = ({ body }: Answer): string => String(body.type).replace('urn:partner-cloud:problem:', '');
