import { isSigned, secretCheck, signatureHeaders, webhookSecret } from '../../src/feed/signature.js';

const server = Buffer.from('the secret of a server, long enough');

test('signs as the Standard Webhooks specification shows', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const [id, at, body] = ['msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}'];
  expect(signatureHeaders([secret], { id, at, body })).toEqual({
    'webhook-id': id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('a receiver takes what is signed with its secret, new or former, and nothing else', () => {
  const [former, now, other] = [1, 2, 3].map((generation) => webhookSecret(server, 'w1', generation));
  const headers = signatureHeaders([now!, former!], { id: 'msg_1', at: 1_000, body: '[]' });
  expect(isSigned(now!, headers, '[]', 1_100)).toBe(true);
  expect(isSigned(former!, headers, '[]', 1_100)).toBe(true);
  expect(isSigned(other!, headers, '[]', 1_100)).toBe(false);
  expect(isSigned(now!, headers, '[ ]', 1_100)).toBe(false);
  expect(isSigned(now!, { ...headers, 'webhook-id': 'msg_2' }, '[]', 1_100)).toBe(false);
  expect(isSigned(now!, headers, '[]', 1_301)).toBe(false);
  expect(isSigned(now!, {}, '[]', 1_100)).toBe(false);
});

test('each subscription and each generation has a secret of its own, which the check does not give away', () => {
  const secrets = ['w1', 'w2'].flatMap((id) => [1, 2].map((generation) => webhookSecret(server, id, generation)));
  expect(new Set(secrets).size).toBe(4);
  for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(secretCheck(server, 'w1')).not.toBe(secretCheck(server, 'w2'));
  expect(secretCheck(server, 'w1')).not.toBe(secretCheck(Buffer.from('another secret of the server'), 'w1'));
});
