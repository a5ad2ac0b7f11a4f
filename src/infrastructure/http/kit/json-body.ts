/**
 * Reads a body as the JSON that it is, or says why it is none. Nothing is mended on the way: bytes that are no UTF-8, a
 * member that is there twice and a charset that we do not read are refused, where a parser alone would take something else.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { WrongField } from '../../../domain/refusal.js';
import { inSentences, Problem, type ProblemCode } from './problems.js';
import { reservedNames } from './reserved-names.js';

const deepest = 16;
const jsonInUtf8 = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** The value of a body; `undefined` for an empty one. Throws a {@link Problem}. */
export function readJson(bytes: Buffer, headers: IncomingMessage['headers']): unknown {
  requireKnownEncoding(headers);
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw malformed({ field: 'body', problem: 'is not UTF-8', allowed: 'JSON in UTF-8' });
  const text = bytes.toString('utf8');
  const value = parsed(text);
  if (namesIn(value, 0) !== namesWritten(text)) refuseRepeated(text);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed({ field: 'body', problem: 'is not JSON', allowed: 'one JSON object' });
  }
}

function requireKnownEncoding({
  'content-type': type,
  'content-encoding': encoding,
}: IncomingMessage['headers']): void {
  if (type !== undefined && !jsonInUtf8.test(type))
    throw refused('unsupported-media-type', {
      field: 'Content-Type',
      problem: 'is not a type this call takes',
      allowed: 'application/json, in UTF-8',
    });
  if (encoding !== undefined)
    throw refused('unsupported-media-type', {
      field: 'Content-Encoding',
      problem: 'is not read here',
      allowed: 'a body as it is',
    });
}

/** How many members all objects in a value have together; throws where it is too deep or a name is reserved. */
function namesIn(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === deepest)
    throw malformed({ field: 'body', problem: 'is nested too deeply', allowed: `at most ${deepest} levels` });
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + namesIn(element, depth + 1), 0);
  const names = Object.keys(value);
  const strange = names.find((name) => reservedNames.has(name));
  if (strange !== undefined)
    throw malformed({ field: 'body', problem: `holds the name ${strange}`, allowed: 'members of the call' });
  return names.reduce((sum, name) => sum + namesIn((value as Record<string, unknown>)[name], depth + 1), names.length);
}

/** How many names the text seems to hold. A text in a value may look like a name, so that more can be counted, never fewer. */
const namesWritten = (text: string): number => text.match(/"\s*:/g)?.length ?? 0;

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** Throws where an object in valid JSON has a member twice. */
function refuseRepeated(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [found] of text.matchAll(token)) {
    if (found === '{') open.push(new Set());
    else if (found === '[') open.push(undefined);
    else if (found === '}' || found === ']') open.pop();
    else if (found === ':') addName(open.at(-1), JSON.parse(last));
    last = found;
  }
}

function addName(names: Set<string> | undefined, name: string): void {
  if (names?.has(name))
    throw malformed({ field: name.slice(0, 64), problem: 'is there twice', allowed: 'each member once' });
  names?.add(name);
}

const malformed = (wrong: WrongField): Problem => refused('malformed-body', wrong);
const refused = (code: ProblemCode, wrong: WrongField): Problem => new Problem(code, inSentences([wrong]), [wrong]);
