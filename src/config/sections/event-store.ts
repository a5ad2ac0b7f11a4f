/** Where the log lies: in a file of the data folder, or on an EventStoreDB. */
import { Group, Is } from '../decorators.js';
import type { ConfigProblem } from '../problems.js';
import { asText, eventStoreAddress, logPrefix, oneOf, orEmpty, wholeNumber } from '../rules.js';
import { plainSection } from '../section.js';

export class EventStoreSettings {
  /** What is used where no `url` names a server: nothing else is, and files that name it stay valid. */
  @Is(oneOf('sqlite')) readonly kind: string = 'sqlite';
  @Is(orEmpty(eventStoreAddress, 'a file in the data folder')) readonly url: string = '';
  /** What the names of the log's streams begin with; several logs may lie on one server. */
  @Is(logPrefix) readonly streamPrefix: string = 'partnercloud';
  /** After so long without a word from the instance that acts another one does. */
  @Is(wholeNumber(6, 300)) readonly leaseSeconds: number = 30;
}

const user = 'PARTNER_CLOUD_EVENT_STORE_USER';
const password = 'PARTNER_CLOUD_EVENT_STORE_PASSWORD';

/** The address with user and password, which never stand in the file. */
export function addressOf({ url }: EventStoreSettings, env: NodeJS.ProcessEnv): string {
  if (!env[user] || !env[password]) return url;
  return url.replace('://', `://${encodeURIComponent(env[user])}:${encodeURIComponent(env[password])}@`);
}

function credentialProblems(env: NodeJS.ProcessEnv): readonly ConfigProblem[] {
  if (Boolean(env[user]) === Boolean(env[password])) return [];
  const [path, other] = env[user] ? [password, user] : [user, password];
  return [{ path, problem: `is missing, while ${other} is set`, allowed: 'both, or neither' }];
}

export const eventStore = plainSection<EventStoreSettings>(
  Group(() => EventStoreSettings),
  {
    otherwise: () => new EventStoreSettings(),
    overrides: [{ variable: 'PARTNER_CLOUD_EVENT_STORE_URL', setting: 'url', rule: eventStoreAddress, read: asText }],
    wrongVariables: credentialProblems,
  },
);
