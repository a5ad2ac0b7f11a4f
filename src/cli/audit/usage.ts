/** What `npm run audit -- --help` says: whoever has read it needs nothing else. */

const overview = `What auditors ask of a log. Nothing is written to the log, and the service may run meanwhile.

  npm run audit -- verify [--log FILE] [--head FILE] [--key FILE] [--json]     is it what was recorded?
  npm run audit -- why ACCOUNT_ID [--log FILE]                                 how came this AWS account to be as it is?
  npm run audit -- evidence PROVIDER_ID --to FILE [--at POSITION] [--log FILE] [--heads FOLDER] [--key FILE]
                                                                               a ZIP that proves it to somebody else, offline
  npm run audit -- replay READ_MODEL --to FILE [--at POSITION] [--log FILE]    what did the program's tables say then?
  npm run audit -- COMMAND --help                                              more about one of them

A log is events.db in the data folder: PARTNER_CLOUD_DATA, else ./data; --log names another one, such as a copy. Where the configuration has
eventStore.url, or --log is an address (esdb://HOST:PORT), it is the one on that server, of eventStore.streamPrefix; user and password come from
the environment, and the service may run on. A position is what
the service's answers call position, such as 2e8dff17-e16d-414e-a63c-456f2c84526f:42; its number alone is enough. A head is a signed
checkpoint: it fixes all facts up to then. Keep one now and then where whoever runs the service cannot reach it.

Exit codes: 0 as asked; 1 something is wrong with the log, or what was asked for is not in it; 78 it was asked wrongly.
`;

const verify = `npm run audit -- verify [--log FILE] [--head FILE] [--key FILE] [--json]

Looks whether a log is what was recorded: the stored bytes, the chain of each stream, the tree over all of them, the head, decoding, and
that every stream is a life that can have happened. It needs events.db and a head, and nothing else.

  --log FILE   the log. Where audit-tree.db lies beside it and fits the head, it says where a forgery begins whose hashes were all
               made anew
  --head FILE  a head that you kept elsewhere, as GET /v1/audit/head hands it out (its member checkpoint) and the service writes it to
               audit-heads in the data folder, and to the bucket with Object Lock where one is configured. Without one the answer is
               "consistent with itself only": an exchange of the whole log, or facts cut off at its end, cannot be seen
  --key FILE   the public key that you kept with it, as GET /v1/audit/keys shows it; several lines are several keys, and lines that
               begin with # are notes. Without one the signature of the head is not checked
  --json       the whole result as JSON

The first line is the verdict:
  OK                              nothing is wrong, and what the head covers is what it was (0)
  Consistent with itself only     nothing is wrong, and no head was given (0)
  NOT OK: nothing was changed, but the log has a gap   a loss was accepted, or the log was moved; each is named (1)
  NOT OK: this is not what was recorded   the first bad position is named, at most 100 findings follow (1)

An auditor who keeps one head a month:
  npm run audit -- verify --log /media/backup/events.db --head 2026-11.checkpoint --key reseller.key
`;

const why = `npm run audit -- why ACCOUNT_ID [--log FILE]

Tells the whole story of an AWS account in sentences, from the log alone: what happened, when, by whom, by which command and at which
position. It ends with 1 when no such account is on record. It names the payer; look at verify before you believe it.

  npm run audit -- why 123456789012
`;

const evidence = `npm run audit -- evidence PROVIDER_ID --to FILE [--at POSITION] [--log FILE] [--heads FOLDER] [--key FILE]

Makes one ZIP, the same as GET /v1/audit/providers/{id}/evidence: the facts as they are stored, the terms that were accepted, the baseline
in force, who saw credentials and opened sessions, guardrails, the proof that each fact is in the log, the signed head, a page to be
printed, and verify.mjs, which checks all of it offline: unpack it and run \`node verify.mjs\` (Node 18 or newer, nothing else).
It names the payer: it is for auditors alone.

  --to FILE       where it goes; the file must not be there yet
  --at POSITION   up to here; up to the provider's last fact unless given. The same position gives the same bytes each time
  --heads FOLDER  where the signed heads are (audit-heads beside the log). The first one that covers the position is taken; it ends
                  with 1 while there is none: the service signs one each minute, and when it stops
  --key FILE      the public key of the heads; unless given it is taken from the keys folder, or from the log where keys were changed

It reads the configuration for the texts of the terms and the baseline. A provider's id is in its URL, and why prints it:
  npm run audit -- evidence 1c7dfc28-4f0c-5a4e-9d53-7ce2d1a8a3b5 --to evidence.zip
`;

const replay = `npm run audit -- replay READ_MODEL --to FILE [--at POSITION] [--log FILE]

Folds a read model from the log alone, up to a position, into a SQLite file of its own, with progress. The same program makes the same
rows from the same facts, so this is what the tables said then, whatever became of them. READ_MODEL is one of
  provider-status   every provider with its stage, steps and times
  payer-load        how full each payer was, and who waited
  audit-history     where each fact of a provider stands in the log
  organizations     what was known about each customer

  --to FILE       where it goes; the file must not be there yet, and has its name only once it is whole
  --at POSITION   up to here, this one with it; the whole log unless given

It ends with 1 at an event that cannot be read or folded, and names it.
  npm run audit -- replay provider-status --at 42 --to then.db
`;

export const usages = { verify, why, evidence, replay } as const;

export type CommandName = keyof typeof usages;

export const isCommand = (name: string | undefined): name is CommandName =>
  name !== undefined && Object.hasOwn(usages, name);

/** What is said of one command, or of all. */
export const usageOf = (name: string | undefined): string => (isCommand(name) ? usages[name] : overview);
