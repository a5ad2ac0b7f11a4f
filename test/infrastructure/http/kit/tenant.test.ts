/** For whom a request counts whose sender is not known. */
import { expect, test } from '@jest/globals';
import { strangersAt } from '../../../../src/infrastructure/http/kit/tenant.js';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['2001:db8::2:3:4:5:6', '2001:db8:0:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1:2%eth0', 'fe80:0:0:0::/64'],
])('strangers at %s wait with those at %s', (address, network) => {
  expect(strangersAt(address)).toBe(`address ${network}`);
});

test('addresses of two networks are two', () => {
  expect(strangersAt('2001:db8:1:3::9')).not.toBe(strangersAt('2001:db8:1:2::9'));
  expect(strangersAt('192.0.2.8')).not.toBe(strangersAt('192.0.2.7'));
});
