import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The forms in which langgraph-cli 0.4.40 looks for addresses of git: of a requirement, and of a source in TOML. */
const ADDRESSES = [/git\+https?:\/\/([^/\s"']+)/gi, /\bgit\s*=\s*["']https?:\/\/([^/\s"']+)/gi]

const CURE =
  'write the address without them, and check a private package out into a folder that `dependencies` names, or take it from a package index'

/** What is said of an address with credentials, which is never quoted. */
export const CREDENTIALS_IN_ADDRESS = `an address of git that holds credentials or a user, which LangSmith refuses, since the image would keep them; ${CURE}`

/** Whether a text names an address of git in which a user or credentials come before the host. */
export function hasGitCredentials(text: string): boolean {
  return ADDRESSES.some((form) => Array.from(text.matchAll(form)).some(([, host = '']) => host.includes('@')))
}

/** Files of a Python package that the official tool looks into. */
export const PYTHON_FILES = ['requirements.txt', 'pyproject.toml', 'setup.py', 'setup.cfg']

/** Files of a JavaScript package that it looks into. */
export const NODE_FILES = ['package.json', 'package-lock.json', 'yarn.lock', 'pnpm-lock.yaml']

/** Where addresses with credentials are in files of a folder; those that are not there hold none. Lines are from 1. */
export async function findGitCredentials(
  folder: string,
  names: readonly string[]
): Promise<readonly { readonly file: string; readonly line: number }[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      const text = await readFile(file, 'utf8').catch(() => '')
      if (!hasGitCredentials(text)) return []
      const line = text.split('\n').findIndex(hasGitCredentials) + 1
      return [{ file, line: Math.max(1, line) }]
    })
  )
  return found.flat()
}
