import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
const { STATE_pid: pid = '', STATE_url: url = '', STATE_log: log = '' } = process.env;
async function isThere() {
    try {
        return (await fetch(`${url}/_emulator`, { signal: AbortSignal.timeout(5000) })).ok;
    }
    catch {
        return false;
    }
}
function end() {
    try {
        process.kill(Number(pid), 'SIGTERM');
    }
    catch (error) {
        process.stdout.write(`The emulator had already ended (${String(error)}).\n`);
    }
}
if (/^\d+$/.test(pid) && url !== '' && (await isThere()))
    end();
if (url !== '' && log !== '' && existsSync(log)) {
    const token = randomUUID();
    const text = readFileSync(log, 'utf8').trimEnd();
    process.stdout.write(`::group::Requests to the emulator\n::stop-commands::${token}\n${text}\n::${token}::\n::endgroup::\n`);
}
