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
