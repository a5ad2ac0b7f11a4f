/** Whether a service control policy lets everything pass that others do not deny, as AWS's own FullAWSAccess does. */
import { isRecord, type Json } from '../canonical-json.js';
import { parsed } from './parsed.js';

/** Whether the text of a policy holds a statement that allows every action on every resource to everybody. */
export function allowsAll(text: string): boolean {
  const document = parsed(text);
  if (document === undefined || !isRecord(document)) return false;
  const statements = document.Statement ?? [];
  return (Array.isArray(statements) ? statements : [statements]).some(allowsEverything);
}

const allowsEverything = (statement: Json): boolean =>
  isRecord(statement) &&
  statement.Effect === 'Allow' &&
  isEvery(statement.Action) &&
  isEvery(statement.Resource) &&
  statement.Condition === undefined;

const isEvery = (value: Json | undefined): boolean =>
  value === '*' || (Array.isArray(value) && value.some((each) => each === '*'));
