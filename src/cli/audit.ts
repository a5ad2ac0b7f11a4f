/** `npm run audit -- COMMAND`: what auditors ask of a log's file, beside the service or without it. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asAsked, wrongConfiguration } from '../composition/exit-codes.js';
import { explain } from '../composition/exit-message.js';
import { dataFolder } from '../config/folders.js';
import { verify } from './audit/verify.js';
import { why } from './audit/why.js';

const usage = `Usage: npm run audit -- verify [--log FILE] [--head FILE] [--key FILE] [--json]
       npm run audit -- why ACCOUNT_ID [--log FILE]

verify

Looks whether a log is what was recorded: the stored bytes, the chain of each stream, the tree over all of them, the head,
decoding, and that every stream is a life that can have happened. Nothing is written, and the service may run meanwhile.

  --log FILE   the log (PARTNER_CLOUD_DATA/events.db, or ./data/events.db). Nothing else is needed; where audit-tree.db lies
               beside it and fits the head, it says where a forgery begins whose hashes were all made anew
  --head FILE  a signed head (checkpoint) that you kept elsewhere, as GET /v1/audit/head hands it out and the service writes it to
               data/audit-heads. Without one the answer is "consistent with itself only": an exchange of the whole log, or facts cut
               off at its end, cannot be seen
  --key FILE   the public key that you kept with it, as GET /v1/audit/keys shows it; several lines are several keys. Without one
               the signature of the head is not checked
  --json       the whole result as JSON

It ends with 0 when nothing is wrong, 1 when something is (the first bad position is named, at most 100 findings follow) or when
a loss of the log was accepted (each such gap is named), and 78 when it was asked wrongly.

why

Tells the whole story of an AWS account in sentences, from the log alone: what happened, when, by whom and by which command. It ends
with 1 when no such account is on record. It names the payer; look at verify before you believe it.

Examples: an auditor who keeps one head a month; why an account is as it is
  npm run audit -- verify --log /media/backup/events.db --head 2026-11.checkpoint --key reseller.key
  npm run audit -- why 123456789012
`;

const options = {
  log: { type: 'string' },
  head: { type: 'string' },
  key: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function main(args: string[]): number {
  const { values, positionals, wrong } = parsed(args);
  if (values?.help || positionals?.[0] === 'help') {
    process.stdout.write(usage);
    return asAsked;
  }
  const log = values?.log ?? join(dataFolder(process.env), 'events.db');
  const [command, accountId, ...more] = positionals ?? [];
  if (command === 'why' && accountId !== undefined && more.length === 0) return why(log, accountId);
  if (!values || command !== 'verify' || accountId !== undefined) {
    const words = wrong ?? (positionals?.length ? `There is no ${positionals.join(' ')}.` : 'Say what to do.');
    process.stderr.write(`${words}\n\n${usage}`);
    return wrongConfiguration;
  }
  const { head, key, json } = values;
  return verify({ log, head, key, json });
}

function parsed(args: string[]) {
  try {
    return { ...parseArgs({ args, options, allowPositionals: true }), wrong: undefined };
  } catch (error) {
    return { values: undefined, positionals: undefined, wrong: error instanceof Error ? error.message : String(error) };
  }
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  process.exitCode = explain(error);
}
