/** Where webhooks may go: public addresses alone, unless the configuration names a network. */
import { expect, test } from '@jest/globals';
import { isPublic, networksOf } from '../../../src/infrastructure/webhooks/public-addresses.js';
import { openTargets } from '../../../src/infrastructure/webhooks/targets.js';

test.each([
  ...['8.8.8.8', '1.1.1.1', '93.184.215.14', '223.255.255.254', '2606:4700::1111', '2a00:1450:4001::1'],
  '::ffff:8.8.8.8',
])('%s is public', (address) => {
  expect(isPublic(address)).toBe(true);
});

test.each([
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.8.8.8', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
  ...['192.168.1.1', '192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.9', '224.0.0.1', '240.0.0.1'],
  ...['255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:a00:1', 'fe80::1', 'fe80::1%eth0', 'fc00::1'],
  ...['fd00:ec2::254', 'ff02::1', '64:ff9b::7f00:1', '2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', '::7f00:1'],
  ...['', 'localhost', 'hooks.example'],
])('%s is not public', (address) => {
  expect(isPublic(address)).toBe(false);
});

const problem = (url: string, ...networks: string[]): string | undefined => openTargets(networks).problem(url)?.problem;

test('an address is https, has nothing secret in it, and names no place that is not public', () => {
  expect(problem('https://hooks.customer.example/partner-cloud')).toBeUndefined();
  expect(problem('https://8.8.8.8:8443/x')).toBeUndefined();
  expect(problem('https://[2606:4700::1111]/')).toBeUndefined();
  expect(problem('http://hooks.customer.example/')).toBe('is not https');
  expect(problem('ftp://hooks.customer.example/')).toBe('is not https');
  expect(problem('https://ada:secret@hooks.customer.example/')).toBe('holds a user or password');
  expect(problem('https://hooks.customer.example/?token=1')).toBe('holds a query or fragment');
  expect(problem('https://hooks.customer.example/#')).toBe('holds a query or fragment');
  expect(problem('https://')).toBe('is no web address');
  expect(problem(`https://hooks.customer.example/${'x'.repeat(500)}`)).toBe('has 531 characters');
});

test.each([
  ...['https://127.0.0.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0177.0.0.1/', 'https://[::1]/'],
  ...['https://[::ffff:169.254.169.254]/', 'https://169.254.169.254/latest/meta-data'],
])('%s is refused however it is written', (url) => {
  expect(problem(url)).toBe('is an address that is not public');
});

test.each([
  ...['https://127.1/', 'https://0/', 'https://[::]/', 'https://[::ffff:7f00:1]/', 'https://[::ffff:a9fe:a9fe]/'],
  ...['https://[64:ff9b::a9fe:a9fe]/', 'https://[2002:a9fe:a9fe::]/', 'https://[fe80::1]/', 'https://１２７.0.0.1/'],
  ...['https://0x7f.1/', 'https://017700000001/', 'https://127.0.0.1./', 'file:///etc/passwd', 'gopher://8.8.8.8/'],
  ...['https://8.8.8.8@169.254.169.254/', 'https:\\\\169.254.169.254\\', 'javascript:alert(1)', 'https://x y/'],
  ...['HTTPS://LOCALHOST/', 'https://localhost./', 'https://⑯⑨.254.169.254/', 'https://[::1%25lo]/', 'https:/'],
])('%s leads nowhere', (url) => {
  expect(problem(url)).toBeDefined();
});

test('this machine by its name is refused too', () => {
  expect(problem('https://localhost/')).toBe('is this machine');
  expect(problem('https://hooks.localhost/')).toBe('is this machine');
});

test('a network of the configuration may be reached, by http as well; another one stays closed', () => {
  expect(problem('http://127.0.0.1:8080/in', '127.0.0.0/8')).toBeUndefined();
  expect(problem('https://10.1.2.3/', '10.1.0.0/16')).toBeUndefined();
  expect(problem('https://10.2.2.3/', '10.1.0.0/16')).toBe('is an address that is not public');
  expect(problem('https://[fd12:3456::1]/', 'fd12:3456::/32')).toBeUndefined();
  expect(openTargets(['127.0.0.0/8']).allows('8.8.8.8', 'http:')).toBe(false);
  expect(openTargets(['127.0.0.0/8']).allows('8.8.8.8', 'https:')).toBe(true);
});

test.each(['10.0.0.0', '10.0.0.0/33', 'example.com/8', '10.0.0.0/-1', '::/129', ''])('%p is no network', (text) => {
  expect(() => networksOf([text])).toThrow();
});
