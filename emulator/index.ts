#!/usr/bin/env node
/*
 * What runs first, and reaches dist/ as it is: an old Node has to parse it, so it has the syntax of ES2018 alone, no
 * top-level `await`, and no static import.
 */

/** The first major version of Node with everything that the emulator uses. */
const OLDEST = 20

const version = process.versions.node
if (Number(version.split('.')[0]) < OLDEST) {
  process.exitCode = 1
  process.stderr.write(`emulator: Node ${OLDEST} or newer is required; this is Node ${version}.\n`)
} else {
  void import(/* webpackIgnore: true */ './cli.ts')
}

export {}
