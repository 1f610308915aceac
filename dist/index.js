import { complaintAbout, complaintAboutFiles } from './node-version.js';
const complaint = complaintAbout(process.version);
if (complaint) {
    process.exitCode = 1;
    process.stdout.write(complaint);
}
else {
    import('./main-start.js').catch((error) => {
        process.exitCode = 1;
        process.stdout.write(complaintAboutFiles(error));
    });
}
