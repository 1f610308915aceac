/**
 * Whether two paths of a configuration can be one. An archive can be rooted at different folders of a repository, so one
 * of the paths may lack folders at its start.
 */
export function relates(left: string, right: string): boolean {
  const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left]
  return longer === shorter || longer.endsWith(`/${shorter}`)
}
