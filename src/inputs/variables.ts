/** Looks variables of the step up. process.env has a prototype: a bare `toString` is not a variable. */
export function variableOf(
  variables: Readonly<Record<string, string | undefined>>
): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
}
