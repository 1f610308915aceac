/**
 * Checks a version tag before a release: `node scripts/release.ts check TAG` prints all problems, `notes TAG` prints
 * its section of the changelog. Uses no packages, so that it can run before `npm ci`.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readArguments, refuse } from './command-line.ts'
import { ownerProblems } from './owner.ts'

/** The section of a version in a changelog, without its heading; undefined if there is none. */
export function notesOf(changelog: string, version: string): string | undefined {
  const heading = new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\](?: - \\d{4}-\\d{2}-\\d{2})?$`, 'm')
  const [, ...rest] = changelog.split(heading)
  const [part] = rest.join('').split(/^## |^\[[^\]]+\]: /m)
  return part?.trim() || undefined
}

/**
 * Returns all problems that block the release of a tag, one sentence each.
 *
 * @param root the checkout, with the remote `origin` and the history of the default branch
 */
export function releaseProblems(root: string, tag: string, defaultBranch: string): readonly string[] {
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const version = tag.replace(/^v/, '')
  const packaged = String(JSON.parse(read('package.json')).version)
  const [, inCode] = /VERSION = '([^']+)'/.exec(read('src/version.ts')) ?? []
  const problems = [
    ...(/^v\d+\.\d+\.\d+(-[\w.]+)?$/.test(tag) ? [] : [`Invalid tag ${tag}: expected vX.Y.Z.`]),
    ...(packaged === version ? [] : [`The tag is ${tag}, but the version in package.json is ${packaged}.`]),
    ...(inCode === version ? [] : [`The tag is ${tag}, but the version in src/version.ts is ${inCode}.`]),
    ...(notesOf(read('CHANGELOG.md'), version) ? [] : [`CHANGELOG.md has nothing under "## [${version}]".`]),
    ...ownerProblems(root)
  ]
  return [...problems, ...problemsOfTag(root, tag, defaultBranch)]
}

/** Queries the remote, because the checkout of a tag may contain only its commit. */
function problemsOfTag(root: string, tag: string, defaultBranch: string): readonly string[] {
  const git = (...words: string[]) => spawnSync('git', words, { cwd: root, encoding: 'utf8' })
  const { status, stdout } = git('ls-remote', 'origin', `refs/tags/${tag}`, `refs/tags/${tag}^{}`)
  if (status !== 0 || stdout === '') return [`The remote has no tag ${tag}.`]
  const [, peeled] = /^([0-9a-f]+)\t.*\^\{\}$/m.exec(stdout) ?? []
  if (peeled === undefined) return [`The tag ${tag} is not annotated; create it with \`git tag --annotate\`.`]
  return [
    ...(git('rev-parse', 'HEAD').stdout.trim() === peeled ? [] : [`The checkout is not the commit of ${tag}.`]),
    ...(git('merge-base', '--is-ancestor', peeled, `origin/${defaultBranch}`).status === 0
      ? []
      : [`The commit of ${tag} is not on ${defaultBranch}.`])
  ]
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url))
  const usage = 'node scripts/release.ts check|notes TAG'
  const { positionals } = readArguments(usage, { allowPositionals: true })
  const [command, tag, ...others] = positionals
  if (!tag || others.length > 0 || (command !== 'check' && command !== 'notes')) refuse(`Usage: ${usage}`)
  if (command === 'check') {
    const problems = releaseProblems(root, tag, process.env.DEFAULT_BRANCH || 'main')
    for (const problem of problems) console.log(`::error::${problem}`)
    if (problems.length > 0) process.exitCode = 1
  } else {
    const notes = notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), tag.replace(/^v/, ''))
    console.log(notes ?? refuse(`CHANGELOG.md has nothing under the version of ${tag}.`))
  }
}
