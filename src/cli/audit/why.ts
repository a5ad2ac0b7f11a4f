/** `npm run audit -- why ACCOUNT_ID`: the whole story of an account in sentences, from the log alone. */

import type { LogPlace } from '../../composition/log/log-place.js';
import { asAsked, failed, wrongConfiguration } from '../../composition/start/exit-codes.js';
import { doerText } from '../../domain/audit/evidence-summary.js';
import { sentenceFor } from '../../domain/audit/sentences.js';
import { missingFile, nameOf } from './log-asked.js';
import { say } from './say.js';
import { storyOf } from './story.js';

/** Prints the story; answers with the exit code: 1 when no account of this id is on record. */
export async function why(log: LogPlace, accountId: string): Promise<number> {
  if (missingFile(log)) return say(wrongConfiguration, `There is no file ${log}.`);
  if (!/^\d{12}$/.test(accountId))
    return say(wrongConfiguration, `${accountId} is no id of an AWS account; it has 12 digits.`);
  const story = await storyOf(log, accountId);
  if (!story) return say(failed, `No account ${accountId} is on record in ${nameOf(log)}.`);
  process.stdout.write(`The account ${accountId} is that of the provider ${story.providerId}.\n`);
  for (const { position, type, data, metadata } of story.facts) {
    const { recordedAt, causationId, ...by } = JSON.parse(metadata);
    process.stdout.write(`${recordedAt}  ${sentenceFor(type, JSON.parse(data))}\n`);
    process.stdout.write(`    ${doerText(by)}, by the command ${causationId}, at ${position}\n`);
  }
  return asAsked;
}
