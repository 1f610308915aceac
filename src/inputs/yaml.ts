/** What a YAML or JSON text holds, or why it is neither. */
export type ReadYaml =
  | { readonly value: unknown }
  /** Follows the name of an input; it quotes nothing of the text, which may hold a secret. */
  | { readonly problem: string }

/** Reads a YAML or JSON text. The parser is loaded only for what is no JSON. */
export async function readYaml(text: string): Promise<ReadYaml> {
  try {
    return { value: JSON.parse(text) }
  } catch {
    const { CORE_SCHEMA, load, YAMLException } = await import('js-yaml')
    try {
      // What JSON cannot say, such as a cycle of aliases, the API cannot be told.
      return { value: JSON.parse(JSON.stringify(load(text, { schema: CORE_SCHEMA })) ?? 'null') }
    } catch (error) {
      if (!(error instanceof YAMLException)) return { problem: 'contains a value that JSON does not support' }
      // Some reasons name a tag or an alias of the text.
      const reason = error.reason.replace(/["'<&*!].*$/s, '').trim()
      const line = error.mark ? `line ${error.mark.line + 1}: ` : ''
      return { problem: `is not valid YAML (${line}${reason})` }
    }
  }
}

/** The value of a YAML or JSON text; nothing when it is neither. */
export async function parseYaml(text: string): Promise<unknown> {
  const read = await readYaml(text)
  return 'value' in read ? read.value : undefined
}
