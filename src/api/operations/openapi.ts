import { operation, problems, type Paths } from '../openapi/operation.js';

const check = { enum: ['up', 'down', 'unknown'] };

export const operationPaths: Paths = {
  '/health/live': {
    get: operation({
      id: 'live',
      tag: 'operations',
      summary: '进程存活',
      public: true,
      answers: {
        200: {
          description: 'The process answers',
          schema: { type: 'object', properties: { status: { const: 'live' } } },
        },
      },
      problems: problems(),
    }),
  },
  '/health/ready': {
    get: operation({
      id: 'ready',
      tag: 'operations',
      summary: '能否受理命令',
      description:
        '`ready`, or `degraded` while Temporal or its worker is away: commands are accepted, and what is due waits. 503 only when commands cannot be accepted.',
      public: true,
      answers: {
        200: {
          description: 'Commands are accepted',
          schema: {
            type: 'object',
            required: ['status', 'checks'],
            properties: {
              status: { enum: ['ready', 'degraded'] },
              checks: { type: 'object', properties: { database: check, temporal: check, worker: check } },
            },
          },
        },
      },
      problems: problems('unavailable'),
    }),
  },
  '/v1/keys': {
    get: operation({
      id: 'listKeys',
      tag: 'operations',
      summary: '材料包与存证锚点的签名公钥',
      description: 'Ed25519 keys as JWK with their PEM, the one that signs now first.',
      public: true,
      answers: {
        200: {
          description: 'The keys',
          schema: {
            type: 'object',
            required: ['keys'],
            properties: {
              keys: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['kid', 'kty', 'crv', 'x', 'pem'],
                  properties: {
                    kid: { type: 'string', description: 'RFC 7638 thumbprint' },
                    kty: { const: 'OKP' },
                    crv: { const: 'Ed25519' },
                    x: { type: 'string' },
                    alg: { const: 'EdDSA' },
                    use: { const: 'sig' },
                    pem: { type: 'string' },
                    endorsement: {
                      type: ['object', 'null'],
                      description: 'The word of the key before it, signed with that: null for a first key',
                      properties: { statement: { type: 'string' }, signature: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
        },
      },
      problems: problems(),
    }),
  },
  '/metrics': {
    get: operation({
      id: 'metrics',
      tag: 'operations',
      summary: 'Prometheus 指标',
      public: true,
      answers: {
        200: { description: 'Metrics', mediaType: 'text/plain', schema: { type: 'string' } },
      },
      problems: problems('not-found'),
    }),
  },
};
