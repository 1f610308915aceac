import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
const START_MS = 30_000;
const LOOK_EVERY_MS = 20;
const SINGLE = ['step-ms', 'delete-ms', 'hosting', 'key', 'scenario', 'seed'];
function input(name) {
    return (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
}
function argumentsOf() {
    const single = SINGLE.filter((name) => input(name) !== '').map((name) => `--${name}=${input(name)}`);
    const repositories = input('repository').split(/\s+/).filter(Boolean);
    return ['--json', `--port=${input('port') || '0'}`, ...single, ...repositories.map((name) => `--repository=${name}`)];
}
function environment() {
    const names = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'RUNNER_TRACKING_ID'];
    return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
function tell(file, values) {
    const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
    if (file)
        appendFileSync(file, lines.join(''));
}
function escaped(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function inWordsOfTheStep(text) {
    return text
        .replace(/^emulator: /, '')
        .replace(/ \(see --help\)$/, '')
        .replace(/--([a-z-]+)/g, '`$1`');
}
const base = join(process.env.RUNNER_TEMP || tmpdir(), `langsmith-emulator-${randomUUID()}`);
const files = { out: `${base}.json`, log: `${base}.log` };
const child = spawn(process.execPath, [fileURLToPath(new URL('./index.js', import.meta.url)), ...argumentsOf()], {
    cwd: process.env.GITHUB_WORKSPACE || process.cwd(),
    env: environment(),
    stdio: ['ignore', openSync(files.out, 'a'), openSync(files.log, 'a')],
    detached: true,
    windowsHide: true
});
tell(process.env.GITHUB_STATE, { pid: String(child.pid ?? ''), log: files.log });
child.unref();
const deadline = Date.now() + START_MS;
while (!readFileSync(files.out, 'utf8').includes('\n') && child.exitCode === null && Date.now() < deadline) {
    await sleep(LOOK_EVERY_MS);
}
const [line = ''] = readFileSync(files.out, 'utf8').split('\n');
if (line === '') {
    const why = readFileSync(files.log, 'utf8').trim() || `it did not listen within ${START_MS / 1000} seconds`;
    process.stdout.write(`::error title=The emulator did not start::${escaped(inWordsOfTheStep(why))}\n`);
    process.exitCode = 1;
}
else {
    const { url, api_key } = JSON.parse(line);
    tell(process.env.GITHUB_OUTPUT, { url: url ?? '', 'api-key': api_key ?? '' });
    tell(process.env.GITHUB_STATE, { url: url ?? '' });
    process.stdout.write(`The emulator is at ${url} until the end of the job.\n`);
}
