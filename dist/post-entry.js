import { complaintAbout } from './node-version.js';
const complaint = complaintAbout(process.version);
if (!complaint) {
    void import('./post-start.js');
}
else if (process.env.STATE_memory) {
    process.stdout.write(complaint);
}
