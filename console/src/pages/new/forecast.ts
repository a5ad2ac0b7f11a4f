/** What the request would come to as things stand now: the same call with `dryRun`, of which nothing is recorded. */
import { useQuery } from '@tanstack/react-query';
import { requestProvider } from '../../../../src/client/generated/sdk.gen.js';
import type { WhatIf } from '../../../../src/client/generated/types.gen.js';
import { asked } from '../../api/asked.js';
import { unreadableAnswer } from '../../api/problem.js';
import { every } from '../../api/queries.js';
import type { Draft } from './draft.js';
import { bodyOf } from './request.js';

/** The queue moves while a reader thinks. */
const everyMs = 15_000;

async function read(organization: string, draft: Draft, signal: AbortSignal): Promise<WhatIf> {
  const headers = { 'Idempotency-Key': draft.key };
  const query = { dryRun: 'true' as const };
  const answer = await asked(requestProvider({ path: { organization }, query, body: bodyOf(draft), headers, signal }));
  if (!('dryRun' in answer) || !Array.isArray(answer.reasons)) throw unreadableAnswer;
  return answer;
}

export const useForecast = (organization: string, draft: Draft) =>
  useQuery({
    queryKey: ['forecast', organization, bodyOf(draft)],
    refetchInterval: every(everyMs),
    queryFn: ({ signal }) => read(organization, draft, signal),
  });
