/** AWS CLI as a function: one process a call, and a note of what it should have said. */
import { partialDeepStrictEqual } from 'node:assert/strict';
import { spawn } from 'node:child_process';

/** Credentials as the environment of AWS CLI names them. */
export interface Keys {
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  readonly AWS_SESSION_TOKEN?: string;
  /** What a `credential_process` of the row signs in with. */
  readonly PARTNER_CLOUD_TOKEN?: string;
}

interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly words: string;
}

/** Calls made so far, and what was wrong with them, in words for a person. */
export class AwsCli {
  readonly complaints: string[] = [];
  tried = 0;

  constructor(
    readonly url: string,
    /** The working directory of every call. */
    readonly folder: string,
    private readonly keys: Keys,
  ) {}

  /** The same row of calls, signed by somebody else. */
  as(keys: Keys): AwsCli {
    const other = new AwsCli(this.url, this.folder, keys);
    return Object.assign(other, { complaints: this.complaints, note: () => this.note() });
  }

  /** A call that must succeed and answer at least these members; without them it must print nothing. */
  async good(line: string, answer?: object, ...more: readonly string[]): Promise<unknown> {
    const { code, output, words } = await this.run(line, more);
    if (code !== 0) return this.complain(line, `exit code ${code}: ${words.trim()}`);
    if (answer === undefined) return output.trim() === '' ? undefined : this.complain(line, `printed ${output}`);
    try {
      const printed: unknown = JSON.parse(output);
      partialDeepStrictEqual(printed, answer);
      return printed;
    } catch (error) {
      return this.complain(line, `${error instanceof Error ? error.message : error}\n${output}`);
    }
  }

  /** A call that AWS refuses with this code. AWS CLI ends with 254 then, older ones with 255. */
  async bad(line: string, error: string, ...more: readonly string[]): Promise<void> {
    const { code, words } = await this.run(line, more);
    if (code !== 254 && code !== 255) this.complain(line, `exit code ${code}, expected 254 or 255`);
    else if (!words.includes(`(${error})`)) this.complain(line, `expected (${error}), got ${words.trim()}`);
  }

  private note(): void {
    this.tried += 1;
  }

  private complain(line: string, what: string): undefined {
    this.complaints.push(`aws ${line}: ${what}`);
    return undefined;
  }

  /** Configuration and credentials of the machine play no part, and nothing is tried twice. */
  private run(line: string, more: readonly string[]): Promise<Outcome> {
    this.note();
    const { PATH } = process.env;
    const env = {
      ...(PATH === undefined ? {} : { PATH }),
      HOME: this.folder,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_DEFAULT_OUTPUT: 'json',
      AWS_MAX_ATTEMPTS: '1',
      AWS_PAGER: '',
      AWS_EC2_METADATA_DISABLED: 'true',
      ...this.keys,
    };
    const child = spawn('aws', ['--endpoint-url', this.url, ...line.split(' '), ...more], { cwd: this.folder, env });
    return new Promise((resolve, reject) => {
      const [output, words]: [Buffer[], Buffer[]] = [[], []];
      child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => words.push(chunk));
      child.on('error', reject);
      child.on('close', (code) =>
        resolve({ code: code ?? -1, output: Buffer.concat(output).toString(), words: Buffer.concat(words).toString() }),
      );
    });
  }
}
