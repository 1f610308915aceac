/*
 * What dist/core.js holds: the part of @actions/core that the action uses, which prints commands for the runner. The
 * index of that package loads an HTTP client and what starts processes too, and exports no other file.
 */
import { EOL } from 'node:os'
import { issueCommand } from '../../node_modules/@actions/core/lib/command.js'
import { toCommandProperties } from '../../node_modules/@actions/core/lib/utils.js'

export const setSecret = (text) => issueCommand('add-mask', {}, text)
export const debug = (text) => issueCommand('debug', {}, text)
export const notice = (text, place = {}) => issueCommand('notice', toCommandProperties(place), text)
export const warning = (text, place = {}) => issueCommand('warning', toCommandProperties(place), text)
export const error = (text, place = {}) => issueCommand('error', toCommandProperties(place), text)
export const info = (text) => process.stdout.write(text + EOL)
export const startGroup = (title) => issueCommand('group', {}, title)
export const endGroup = () => issueCommand('endgroup', {}, '')

/** Without the file that newer runners give for it. */
export function setOutput(name, value) {
  process.stdout.write(EOL)
  issueCommand('set-output', { name }, value)
}

/** Without the file that newer runners give for it. */
export const saveState = (name, value) => issueCommand('save-state', { name }, value)
