/**
 * Whether two paths can be those of one configuration file. The root of an archive can be any folder of a repository,
 * so one of the paths may lack folders at its start.
 */
export function relates(left: string, right: string): boolean {
  const [longer, shorter] = left.length >= right.length ? [left, right] : [right, left]
  return longer === shorter || longer.endsWith(`/${shorter}`)
}
