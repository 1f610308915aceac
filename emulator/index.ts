#!/usr/bin/env node
/*
 * Runs first and is copied to dist/ unbundled. An old Node must be able to parse it: ES2018 syntax only, no top-level
 * `await`, no static import.
 */

/** The first major version of Node that the emulator supports. */
const OLDEST = 20

const version = process.versions.node
if (Number(version.split('.')[0]) < OLDEST) {
  process.exitCode = 1
  process.stderr.write(`emulator: Node ${OLDEST} or newer is required; this is Node ${version}.\n`)
} else {
  void import(/* webpackIgnore: true */ './cli.ts')
}

export {}
