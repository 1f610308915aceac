import { complaintAbout } from './node-version.js';
const complaint = complaintAbout(process.version);
if (!complaint) {
    void import(/* webpackIgnore: true */ './post-start.js');
}
else if (process.env.STATE_memory) {
    // Without a state the main step has told it, and there is nothing to do.
    process.stdout.write(complaint);
}
