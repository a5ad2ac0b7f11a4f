/** What commands on a provider answer with. */
import type { OnRecord } from '../../../application/streams/on-record.js';
import { type Provider, underneath } from '../../../domain/provider/stages.js';

/** Where the provider stands after a command, and the position to give a read as `minPosition`. */
export function commandAnswer(id: string, { position, hash, provider }: OnRecord & { provider: Provider }) {
  const known = underneath(provider);
  return { id, stage: provider.stage, ...('name' in known ? { name: known.name } : {}), position, hash };
}
