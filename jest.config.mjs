/** Jest in ESM mode: run through `npm test`, which passes --experimental-vm-modules. */
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Fastify's `cookie` is an ES module that light-my-request requires: Jest can do that only once it is CommonJS.
  transform: {
    '/node_modules/cookie/.+\\.js$': ['@swc/jest', { ...swc, module: { type: 'commonjs' } }],
    '^.+\\.ts$': ['@swc/jest', swc],
  },
  transformIgnorePatterns: ['/node_modules/(?!cookie/)'],
  setupFilesAfterEnv: ['<rootDir>/test/support/leave-seen.ts'],
  reporters: ['default', '<rootDir>/test/support/law-coverage-reporter.mjs'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  maxWorkers: 2,
  testTimeout: 60_000,
};
