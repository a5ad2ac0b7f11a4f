/** The secrets that go over the wire: passwords, and the keys and tokens of sessions. */
import type { Arrival } from './network.js';

const inAnswers = /<(?:SecretAccessKey|SessionToken)>([^<]+)</g;
const inRequests = /(?:^|&)Password=([^&]+)/g;

export function secretsIn({ request, response }: Arrival): readonly string[] {
  const answered = [...response.body.matchAll(inAnswers)].map(([, secret = '']) => secret);
  const sent = [...Buffer.from(request.body).toString().matchAll(inRequests)].map(([, secret = '']) =>
    decodeURIComponent(secret),
  );
  return [...answered, ...sent];
}
