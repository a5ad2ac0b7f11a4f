/** A service as a process of its own, asked over HTTP as a stranger, a customer or an operator would ask it. */
import { randomUUID } from 'node:crypto';
import { openApi } from '../../../src/cli/client/api.js';
import { freePort } from '../../../src/cli/demo/launch.js';
import type { Provider as Status } from '../../../src/client/generated/types.gen.js';
import { openDemoIssuer } from '../../../src/infrastructure/identity/demo/issuer.js';
import type { DemoPerson } from '../../../src/infrastructure/identity/demo/people.js';
import { read } from '../../support/by-path.js';
import { type Grounds, prepareFolders, startBuilt } from '../../support/processes.js';
import type { Program } from '../../support/program.js';
import { acceptedProvider, credentialsOf } from '../../support/service.js';
import { until } from '../../support/waiting.js';

/** Nobody listens there; for what needs no AWS. */
const noAws = 'http://127.0.0.1:9';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Readiness {
  readonly status: number;
  readonly text: string;
  readonly degraded: readonly string[];
}

interface Asking {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Stage {
  service: Program | undefined;
  /** What all lives of the service have written to standard output. */
  readonly lines: string[] = [];

  private constructor(
    readonly grounds: Grounds,
    /** A token of this person. */
    readonly token: (person: DemoPerson) => Promise<string>,
  ) {}

  /** Folders, keys and a port; nothing is started. */
  static async prepare(env: NodeJS.ProcessEnv = {}): Promise<Stage> {
    const grounds = await prepareFolders();
    const issuer = await openDemoIssuer(grounds.env.PARTNER_CLOUD_KEYS ?? '');
    const metrics = { PARTNER_CLOUD_METRICS_PORT: String(await freePort()) };
    return new Stage({ ...grounds, env: { ...grounds.env, ...metrics, ...env } }, (person) => issuer.issue(person));
  }

  get api() {
    return openApi(this.grounds.url);
  }

  /** Starts the service and resolves once it is ready. */
  async start(awsUrl = noAws, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Program> {
    const all = { ...this.grounds.env, PARTNER_CLOUD_AWS_ENDPOINT: awsUrl, ...env };
    return this.watch(startBuilt('main.js', args, all));
  }

  /** Takes a service that was started another way, and resolves once it is ready. */
  async watch(service: Program): Promise<Program> {
    this.service = service;
    service.eachLine((line) => void this.lines.push(line));
    await service.line(/"partner-cloud is ready\."/);
    return service;
  }

  /** Stops it in order; answers with its exit code. */
  async stop(): Promise<number | null | undefined> {
    const ended = await this.service?.end('SIGTERM');
    this.service = undefined;
    return ended?.code;
  }

  async close(): Promise<void> {
    await this.service?.end('SIGKILL');
  }

  /** One call, without a repeat; a person asks, or nobody. */
  async call(who: DemoPerson | undefined, method: string, path: string, asking: Asking = {}): Promise<Answer> {
    const { body, headers = {} } = asking;
    const response = await fetch(this.grounds.url + path, {
      method,
      headers: {
        ...(who === undefined ? {} : { authorization: `Bearer ${await this.token(who)}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') && text !== '';
    return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : {} };
  }

  async ready(): Promise<Readiness> {
    const { status, text, body } = await this.call(undefined, 'GET', '/health/ready');
    return { status, text, degraded: (body.degraded as readonly string[] | undefined) ?? [] };
  }

  /** What monitoring sees of these figures: `name` or `name{label="value"}` each with its value, by the text before it. */
  async figures(name: string): Promise<Readonly<Record<string, number>>> {
    const answer = await fetch(`http://127.0.0.1:${this.grounds.env.PARTNER_CLOUD_METRICS_PORT}/metrics`);
    const lines = (await answer.text()).split('\n').filter((line) => line.startsWith(name));
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
    );
  }

  status(id: string): Promise<Status & Readonly<Record<string, unknown>>> {
    return read(this.api, `/v1/providers/${id}`, this.grounds.tokens.administrator);
  }

  /** Resolves once every step is done: after the credentials more is owed, as in the other regions. */
  whole(id: string) {
    return until(
      () => this.status(id),
      ({ steps }) => steps.every(({ state }) => state === 'done'),
    );
  }

  /** Resolves once the status says so. */
  async said(id: string, words: RegExp): Promise<string> {
    return until(
      async () => JSON.stringify(await this.status(id)),
      (text) => words.test(text),
    );
  }

  accepted(name: string): Promise<string> {
    return acceptedProvider(this.api, this.grounds.tokens, name, randomUUID());
  }

  active(id: string): Promise<Status> {
    return credentialsOf(this.api, this.grounds.tokens, id);
  }
}
