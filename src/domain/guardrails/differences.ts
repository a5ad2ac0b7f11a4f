/** What changes between two service control policies, in lines that a person can read before agreeing to them. */

import { meaningOf } from '../baseline/policy-document.js';
import { canonicalTextOfJson, isRecord, type Json } from '../canonical-json.js';
import { parsed } from './parsed.js';

/** Whether two texts of policies mean the same; a text that is no JSON is equal to itself alone. */
export const sameMeaning = (a: string, b: string): boolean => a === b || meaningText(a) === meaningText(b);

function meaningText(text: string): string {
  const document = parsed(text);
  return document === undefined ? text : canonicalTextOfJson(meaningOf(document));
}

/** One line for each statement that comes, goes or changes, beginning with `+`, `-` or `~` and its Sid. */
export function differences(from: string, to: string): readonly string[] {
  const [was, is] = [statementsOf(from), statementsOf(to)];
  const sids = [...new Set([...was.keys(), ...is.keys()])];
  return sids.flatMap((sid) => {
    const [before, after] = [was.get(sid), is.get(sid)];
    if (before === undefined) return [`+ ${sid}`];
    if (after === undefined) return [`- ${sid}`];
    const changed = changesOf(before, after);
    return changed.length > 0 ? [`~ ${sid}: ${changed.join('; ')}`] : [];
  });
}

/** Statements by Sid, or by their place where they have none; nothing of a text that is no policy. */
function statementsOf(text: string): ReadonlyMap<string, Json> {
  const document = parsed(text);
  const all = document !== undefined && isRecord(document) ? listOf(document.Statement ?? []) : [];
  return new Map(all.map((statement, index) => [sidOf(statement) ?? `statement ${index + 1}`, statement]));
}

const sidOf = (statement: Json): string | undefined =>
  isRecord(statement) && typeof statement.Sid === 'string' ? statement.Sid : undefined;

function changesOf(before: Json, after: Json): readonly string[] {
  if (!isRecord(before) || !isRecord(after)) return before === after ? [] : ['rewritten'];
  const elements = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return elements.flatMap((element) => {
    const [from, to] = [valuesOf(before[element]), valuesOf(after[element])];
    const plus = to.filter((value) => !from.includes(value)).map((value) => `+${value}`);
    const minus = from.filter((value) => !to.includes(value)).map((value) => `-${value}`);
    return plus.length + minus.length > 0 ? [`${element} ${[...plus, ...minus].join(' ')}`] : [];
  });
}

/** A text stands for itself, a condition for each of its values with operator and key before it. */
function valuesOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  if (!isRecord(value))
    return listOf(value).map((each) => (typeof each === 'string' ? each : canonicalTextOfJson(each)));
  return Object.entries(value).flatMap(([name, inner]) => valuesOf(inner).map((each) => `${name} ${each}`));
}

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);
