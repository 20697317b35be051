import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The secret of a subscription, `whsec_` and 32 bytes in Base64: derived from the server's secret, so that none is
 * stored. `generation` from 1; each rotation is the next.
 */
export const webhookSecret = (serverSecret: Uint8Array, subscriptionId: string, generation: number): string =>
  `whsec_${createHmac('sha256', serverSecret).update(`webhook ${subscriptionId} ${generation}`).digest('base64')}`;

/** By which a subscription tells that the server's secret was replaced, and with it the subscription's. */
export const secretCheck = (serverSecret: Uint8Array, subscriptionId: string): string =>
  createHash('sha256')
    .update(webhookSecret(serverSecret, subscriptionId, 0))
    .digest('hex')
    .slice(0, 16);

/** The headers of a signed delivery (Standard Webhooks), one signature a secret. `at`: seconds since 1970. */
export const signatureHeaders = (
  secrets: readonly string[],
  { id, at, body }: { id: string; at: number; body: string },
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(at),
  'webhook-signature': secrets.map((secret) => `v1,${sign(secret, `${id}.${at}.${body}`)}`).join(' '),
});

const sign = (secret: string, content: string): string =>
  createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(content)
    .digest('base64');

/** Whether a delivery is signed with the secret and no older than five minutes: what a receiver does. `now` in seconds. */
export const isSigned = (
  secret: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
  now: number,
): boolean => {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = headers;
  if (Math.abs(now - Number(at)) > 300 || typeof signatures !== 'string') return false;
  const expected = Buffer.from(`v1,${sign(secret, `${String(id)}.${String(at)}.${body}`)}`);
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
};
