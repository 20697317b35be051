import { isAllowedAddress, resolveAllowed, urlProblem } from '../../src/feed/addresses.js';

const production = { allowLoopback: false };
const local = { allowLoopback: true };

test.each([
  '8.8.8.8',
  '1.1.1.1',
  '223.5.5.5',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '192.169.0.1',
  '2400:3200::1',
  '2606:4700:4700::1111',
  '2001:4860:4860::8888',
])('%s is public', (address) => {
  expect(isAllowedAddress(address, production)).toBe(true);
});

test.each([
  '0.0.0.0',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:a00:1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '100::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::',
  '3fff::1',
  '5f00::1',
  'localhost',
  '',
  '1.2.3',
  '010.0.0.1',
])('%s is none', (address) => {
  expect(isAllowedAddress(address, production)).toBe(false);
});

test('loopback is for local mode, and nothing else of the inner network is', () => {
  for (const address of ['127.0.0.1', '127.1.2.3', '::1']) expect(isAllowedAddress(address, local)).toBe(true);
  for (const address of ['10.0.0.1', '169.254.169.254', 'fe80::1', '0.0.0.0'])
    expect(isAllowedAddress(address, local)).toBe(false);
});

test.each([
  ['https://example.org/hook', null, null],
  ['https://example.org:8443/hook?x=1', null, null],
  ['http://example.org/hook', 'not-https', 'not-https'],
  ['ftp://example.org/hook', 'not-https', 'not-https'],
  ['file:///etc/passwd', 'not-https', 'not-https'],
  ['http://127.0.0.1:9000/', 'not-https', null],
  ['http://localhost:9000/', 'not-https', null],
  ['http://[::1]:9000/', 'not-https', null],
  ['https://127.0.0.1/', 'address-refused', null],
  ['https://0x7f.1/', 'address-refused', null],
  ['https://2130706433/', 'address-refused', null],
  ['https://017700000001/', 'address-refused', null],
  ['https://169.254.169.254/latest/meta-data', 'address-refused', 'address-refused'],
  ['https://[::ffff:169.254.169.254]/', 'address-refused', 'address-refused'],
  ['http://10.0.0.1/', 'not-https', 'not-https'],
  ['https://user:pass@example.org/', 'credentials-in-url', 'credentials-in-url'],
])('%s: %s in production, %s in local mode', (url, inProduction, inLocal) => {
  expect(urlProblem(new URL(url), production)).toBe(inProduction);
  expect(urlProblem(new URL(url), local)).toBe(inLocal);
});

test('a name is what it leads to', async () => {
  expect(await resolveAllowed('localhost', production)).toBe('address-refused');
  expect(await resolveAllowed('no-such-host.invalid', production)).toBe('name-not-found');
  const found = await resolveAllowed('localhost', local);
  expect(Array.isArray(found) && found.length > 0).toBe(true);
});
