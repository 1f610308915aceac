export function complaintAbout(version) {
    const parts = version.replace(/^v/, '').split('.');
    const major = Number(parts[0]);
    const minor = Number(parts[1]);
    const isEnough = major >= 24 || (major === 23 && minor >= 8) || (major === 22 && minor >= 15);
    return isEnough
        ? ''
        : '::error title=Node version too old::This action needs Node 24, but this runner uses Node ' +
            version.replace(/^v/, '') +
            '. Update the runner to 2.327.1 or newer, which includes Node 24; GitHub-hosted runners have it. With another runner (act, Gitea, Forgejo), use a job image that includes Node 24.\n';
}
export function complaintAboutFiles(error) {
    const reason = String(error).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
    return ('::error title=Files of the action are incomplete::The files of the action could not be loaded (' +
        reason +
        '). Rerun the job, so that the runner downloads the action again.\n');
}
