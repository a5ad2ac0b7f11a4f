/** Holds answers to the API's own document: a status, a media type, a header or a member that it does not describe fails the test. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';
import { controllers } from '../../src/infrastructure/http/http.module.js';
import { apiDocument } from '../../src/infrastructure/http/openapi/document.js';

interface Described {
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: object }>>;
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: unknown;
}

const id = 'https://api.invalid/openapi.json';
const document = apiDocument(controllers);

const opened = openDocument();

function openDocument(): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  formats.default.default(ajv);
  ajv.addVocabulary(['openapi', 'info', 'servers', 'paths', 'components', 'tags']);
  ajv.addSchema({ $id: id, ...document }, undefined, false);
  const known = new Map<string, ValidateFunction>();
  return (pointer) => {
    const validate = known.get(pointer) ?? ajv.compile({ $ref: `${id}#${encodeURI(pointer)}` });
    known.set(pointer, validate);
    return validate;
  };
}

/** The path of the document that a URL's path is of; the one with the fewest variable parts fits best. */
function pathOf(url: string): string | undefined {
  const parts = (url.split('?')[0] ?? '').split('/');
  const fitting = Object.keys(document.paths).filter((path) => {
    const known = path.split('/');
    return known.length === parts.length && known.every((part, n) => part.startsWith('{') || part === parts[n]);
  });
  return fitting.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** Throws an Error that says what the document does not describe of this answer. */
export function requireDescribed(method: string, url: string, answer: Answered): void {
  const path = pathOf(url);
  const operations = path === undefined ? {} : (document.paths[path] as Readonly<Record<string, Described>>);
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const described = operations[verb];
  const where = `${method} ${url} answered ${answer.status}`;
  if (path === undefined || described === undefined) {
    requireRoutingProblem(where, answer);
    return;
  }
  if (answer.headers.get('x-request-id') === null) throw new Error(`${where} without an x-request-id`);
  requireWait(where, answer);
  const response = described.responses[String(answer.status)];
  if (response === undefined) throw new Error(`${where}, which is not described: ${answer.text.slice(0, 500)}`);
  if (answer.text === '') return;
  const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const base = response.$ref?.slice(1) ?? `/paths/${escaped(path)}/${verb}/responses/${answer.status}`;
  const pointer = `${base}/content/${escaped(type)}/schema`;
  requireSchema(where, pointer, /[/+]json$/.test(type) ? answer.body : answer.text);
}

const waitHeaders: Readonly<Record<number, readonly string[]>> = {
  429: ['retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'],
  503: ['retry-after'],
};

/** Who is to come again is told when, and of a limit what it is. */
function requireWait(where: string, { status, headers }: Answered): void {
  const missing = (waitHeaders[status] ?? []).filter((name) => !/^\d+$/.test(headers.get(name) ?? ''));
  if (missing.length > 0) throw new Error(`${where} without ${missing.join(', ')}`);
}

/** What no route answers is a problem: there is nothing at the path, not with this method, or no request at all. */
function requireRoutingProblem(where: string, { headers, text, body }: Answered): void {
  if (text === '' || !headers.get('content-type')?.startsWith('application/problem+json')) return;
  requireSchema(where, '/components/schemas/Problem', body);
}

function requireSchema(where: string, pointer: string, body: unknown): void {
  const validate = opened(pointer);
  if (validate(body)) return;
  const wrong = validate.errors?.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(`${where} otherwise than ${pointer} describes: ${wrong?.join('; ')}`);
}
