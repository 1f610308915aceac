// A separate module, so that main and post load the same file in dist at their first request to GitHub.
export { getOctokit } from '@actions/github'
