import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `The tests need Node 24 or newer; this is ${process.version}. On Linux x64 \`npm ci\` brings its own.`
  )
}

// For the hundreds of processes that tests start: of the bundle, the emulator and the scripts.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'langsmith-deploy-action-compile-cache')

export default {
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // They need servers and tools that `npm ci` does not bring; each has a script of its own.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/real/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/__tests__/support/strip-types.mjs' },
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/dist/'],
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts'],
  testTimeout: 30_000,
  // Nearly half of the time is spent waiting for servers and timers, so two cores have three workers.
  // A number, since jest takes a percentage over 100 for a number of workers.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // A run of the bundle mostly waits. Tests that send real signals have seconds to tell; so there is a limit.
  maxConcurrency: 4
}
