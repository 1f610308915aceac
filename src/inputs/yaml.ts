/** The value of a YAML or JSON text; nothing when it is neither. The parser is loaded only for what is no JSON. */
export async function parseYaml(text: string): Promise<unknown> {
  try {
    return JSON.parse(text)
  } catch {
    const { CORE_SCHEMA, load } = await import('js-yaml')
    try {
      // What JSON cannot say, such as a cycle of aliases, the API cannot be told.
      return JSON.parse(JSON.stringify(load(text, { schema: CORE_SCHEMA })))
    } catch {
      return undefined
    }
  }
}
