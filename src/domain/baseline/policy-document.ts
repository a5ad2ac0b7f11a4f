/** An IAM policy as data, and the one form that all equal policies share. */
import { canonicalTextOfJson, isRecord, type Json } from '../canonical-json.js';

type Values = string | readonly string[];
type Principal = '*' | { readonly [type: string]: Values };
type Conditions = { readonly [operator: string]: { readonly [key: string]: Values } };

export type Statement = {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principal;
  readonly Action?: Values;
  readonly NotAction?: Values;
  readonly Resource?: Values;
  readonly NotResource?: Values;
  readonly Condition?: Conditions;
};

export type PolicyDocument = { readonly Version: '2012-10-17'; readonly Statement: readonly Statement[] };

export const policy = (...statements: readonly Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

/**
 * A policy from the text AWS gives: percent-encoded by IAM, plain by S3. Throws a SyntaxError when it is no JSON.
 * Source: IAM API, PolicyVersion: documents are URL-encoded as in RFC 3986.
 */
export const documentOf = (text: string): Json =>
  JSON.parse(text.trimStart().startsWith('{') ? text : decodeURIComponent(text));

/** Whether a value has the outline of a policy document. */
export const isPolicy = (value: Json): boolean => isRecord(value) && 'Statement' in value;

/**
 * A policy with everything removed that AWS gives no meaning to: the order of statements and of values, a list of
 * one in place of a value, repetitions, the case of action names and condition keys, an account id in place of its
 * root ARN, Sids and the document's Id.
 * Source: IAM User Guide, JSON policy elements reference.
 */
export function meaningOf(document: Json): Json {
  if (!isRecord(document)) return document;
  const { Id: _label, ...meant } = document;
  const statements = listOf(document.Statement ?? []).map((statement) =>
    canonicalTextOfJson(statementMeaning(statement)),
  );
  return { ...meant, Statement: [...new Set(statements)].sort() };
}

const elements: Readonly<Record<string, (value: Json) => Json>> = {
  Action: (value) => set(value, (text) => text.toLowerCase()),
  NotAction: (value) => set(value, (text) => text.toLowerCase()),
  Resource: (value) => set(value),
  NotResource: (value) => set(value),
  Principal: principalMeaning,
  NotPrincipal: principalMeaning,
  Condition: conditionMeaning,
};

function statementMeaning(statement: Json): Json {
  if (!isRecord(statement)) return statement;
  const members = Object.entries(statement).filter(([name]) => name !== 'Sid');
  return Object.fromEntries(members.map(([name, value]) => [name, elements[name]?.(value) ?? value]));
}

/** `*` and `{"AWS": "*"}` both name everybody; a bare account id is short for the account's root ARN. */
function principalMeaning(principal: Json): Json {
  const byType = isRecord(principal) ? principal : { AWS: principal };
  const named = (text: string) => (/^\d{12}$/.test(text) ? `arn:aws:iam::${text}:root` : text);
  return Object.fromEntries(Object.entries(byType).map(([type, values]) => [type, set(values, named)]));
}

function conditionMeaning(condition: Json): Json {
  if (!isRecord(condition)) return condition;
  return Object.fromEntries(Object.entries(condition).map(([operator, keys]) => [operator, keysMeaning(keys)]));
}

function keysMeaning(keys: Json): Json {
  if (!isRecord(keys)) return keys;
  return Object.fromEntries(Object.entries(keys).map(([key, values]) => [key.toLowerCase(), set(values)]));
}

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : [value]);

function set(values: Json, form: (text: string) => string = (text) => text): Json {
  return [...new Set(listOf(values).map((value) => form(String(value))))].sort();
}
