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
