#!/usr/bin/env node
const OLDEST = 20;
const version = process.versions.node;
if (Number(version.split('.')[0]) < OLDEST) {
    process.exitCode = 1;
    process.stderr.write(`emulator: Node ${OLDEST} or newer is required; this is Node ${version}.\n`);
}
else {
    void import('./cli.js');
}
export {};
