/** What the demo issuer keeps of sign-ins that are under way and of sessions: in memory, bounded, each for as long as it is good. */
import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

const most = 10_000;
const secondMs = 1_000;

/** Makes the adapters of one provider. A grant that is revoked takes with it all that was made of it. */
export function openMemory(): AdapterFactory {
  const kept = new LRUCache<string, AdapterPayload>({ max: most });
  const forgetWhere = (matches: (payload: AdapterPayload) => boolean): void => {
    for (const [key, payload] of kept.entries()) if (matches(payload)) kept.delete(key);
  };
  return (model): Adapter => {
    const keyOf = (id: string): string => `${model} ${id}`;
    const findBy = (member: 'uid' | 'userCode', value: string): AdapterPayload | undefined =>
      [...kept.entries()].find(([key, payload]) => key.startsWith(`${model} `) && payload[member] === value)?.[1];
    return {
      upsert: async (id, payload, expiresIn) => void kept.set(keyOf(id), payload, { ttl: (expiresIn ?? 0) * secondMs }),
      find: async (id) => kept.get(keyOf(id)),
      findByUid: async (uid) => findBy('uid', uid),
      findByUserCode: async (userCode) => findBy('userCode', userCode),
      async consume(id) {
        const payload = kept.get(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / secondMs);
      },
      destroy: async (id) => void kept.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => forgetWhere((payload) => payload.grantId === grantId),
    };
  };
}
