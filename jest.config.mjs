if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `The tests need Node 24 or newer; this is ${process.version}. On Linux x64 \`npm ci\` brings its own.`
  )
}

export default {
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.mjs' },
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts'],
  testTimeout: 30_000,
  // Most of the time is spent waiting for servers and timers, so two cores bear two workers.
  maxWorkers: '100%',
  // A run of the bundle mostly waits. Tests that send real signals have seconds to tell; so there is a limit.
  maxConcurrency: 4
}
