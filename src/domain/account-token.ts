/** The token that ties an AWS account to its provider: in the account's name and its root e-mail, fixed for ever. */

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** The provider's UUID in 26 characters of Crockford's base 32, lower case. */
export function accountToken(providerId: string): string {
  let rest = BigInt(`0x${providerId.replaceAll('-', '')}`);
  let token = '';
  for (let i = 0; i < 26; i++) {
    token = alphabet[Number(rest % 32n)] + token;
    rest /= 32n;
  }
  return token;
}

/** The name of a provider's account at AWS, fixed for ever; AWS's only match key for requests. */
export const accountNameOf = (providerId: string): string => `ctl-${accountToken(providerId)}`;

/** The provider whose account bears this name; `undefined` for a name that we give to none. */
export function providerOfAccountName(name: string): string | undefined {
  const token = /^ctl-([0-7][0-9a-hjkmnp-tv-z]{25})$/.exec(name)?.[1];
  if (token === undefined) return undefined;
  const value = [...token].reduce((sum, digit) => sum * 32n + BigInt(alphabet.indexOf(digit)), 0n);
  const hex = value.toString(16).padStart(32, '0');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
