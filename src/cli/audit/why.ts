/** `npm run audit -- why ACCOUNT_ID`: the whole story of an account in sentences, from the log alone. */
import { existsSync } from 'node:fs';
import { asAsked, failed, wrongConfiguration } from '../../composition/exit-codes.js';
import { doerText } from '../../domain/audit/evidence-summary.js';
import { sentenceFor } from '../../domain/audit/sentences.js';
import { providerOfAccount, storedEvidence } from '../../infrastructure/event-store/sqlite/stored-evidence.js';
import { say } from './say.js';

/** Prints the story; answers with the exit code: 1 when no account of this id is on record. */
export function why(log: string, accountId: string): number {
  if (!existsSync(log)) return say(wrongConfiguration, `There is no file ${log}.`);
  if (!/^\d{12}$/.test(accountId))
    return say(wrongConfiguration, `${accountId} is no id of an AWS account; it has 12 digits.`);
  const providerId = providerOfAccount(log, accountId);
  if (providerId === undefined) return say(failed, `No account ${accountId} is on record in ${log}.`);
  process.stdout.write(`The account ${accountId} is that of the provider ${providerId}.\n`);
  for (const { position, type, data, metadata } of storedEvidence(log, { providerId, upTo: undefined })) {
    const { recordedAt, causationId, ...by } = JSON.parse(metadata);
    process.stdout.write(`${recordedAt}  ${sentenceFor(type, JSON.parse(data))}\n`);
    process.stdout.write(`    ${doerText(by)}, by the command ${causationId}, at ${position}\n`);
  }
  return asAsked;
}
