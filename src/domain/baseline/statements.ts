/** Statements as the policies of this baseline write them. */
import type { Statement } from './policy-document.js';

export const denial = (
  sid: string,
  actions: readonly string[],
  resource: string | readonly string[] = '*',
): Statement => ({
  Sid: sid,
  Effect: 'Deny',
  Action: actions,
  Resource: resource,
});
