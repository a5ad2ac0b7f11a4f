#!/usr/bin/env node
/**
 * `partner-cloud-aws-credentials`: the program that AWS's tools start as `credential_process`. It prints the JSON that they read,
 * and nothing else. Source: AWS CLI, Sourcing credentials with an external process.
 */
import { errorText } from '../application/error-text.js';
import { keepSession, keptSession } from './aws-credentials/kept-session.js';
import { optionsFrom, usage } from './aws-credentials/options.js';
import { askForSession } from './aws-credentials/session.js';
import { showInBrowser } from './aws-credentials/show-in-browser.js';
import { signIn } from './aws-credentials/sign-in.js';

const wrongArguments = 2;
const failed = 1;

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const options = optionsFrom(args, env);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n${usage}`);
    return wrongArguments;
  }
  try {
    const kept = keptSession(options, Date.now());
    const session = kept ?? (await askForSession(options, options.token ?? (await signIn(options, showInBrowser))));
    if (!kept) keepSession(options, session);
    process.stdout.write(`${JSON.stringify(session)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${errorText(error)}\n`);
    return failed;
  }
}

process.exitCode = await main(process.argv.slice(2), process.env);
