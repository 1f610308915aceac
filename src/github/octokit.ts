// A module of its own, so that main and post load the same file of dist when they first ask GitHub.
export { getOctokit } from '@actions/github'
