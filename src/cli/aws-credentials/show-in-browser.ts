/** Shows a page to the person at this machine: in the browser, and its address at the terminal, since the tool that asked keeps our output to itself. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens the address, as far as this machine can. */
export function showInBrowser(address: string): void {
  tell(`Sign in at ${address}\n`);
  const [program, ...args] = openers[process.platform] ?? ['xdg-open'];
  const opening = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  // Where there is no browser, the address was told.
  opening.on('error', () => undefined);
  opening.unref();
}

function tell(words: string): void {
  try {
    writeFileSync('/dev/tty', words);
  } catch {
    process.stderr.write(words);
  }
}
