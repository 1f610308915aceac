import { complaintAbout } from './node-version.js';
const complaint = complaintAbout(process.version);
if (!complaint) {
    void import(/* webpackIgnore: true */ './post-start.js');
}
else if (process.env.STATE_memory) {
    // Without saved state, the main step has already printed the message, and there is nothing to do.
    process.stdout.write(complaint);
}
