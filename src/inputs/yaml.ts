/** Value of a YAML or JSON text, or the reason that it is neither. */
export type ReadYaml =
  | { readonly value: unknown }
  /** Follows the name of an input. It never quotes the text, which can contain a secret. */
  | { readonly problem: string }

/** Parses a YAML or JSON text. The YAML parser is imported only for a text that is not JSON. */
export async function readYaml(text: string): Promise<ReadYaml> {
  try {
    return { value: JSON.parse(text) }
  } catch {
    const { CORE_SCHEMA, load, YAMLException } = await import('js-yaml')
    try {
      // The API cannot receive what JSON cannot express, such as a cycle of aliases.
      return { value: JSON.parse(JSON.stringify(load(text, { schema: CORE_SCHEMA })) ?? 'null') }
    } catch (error) {
      if (!(error instanceof YAMLException)) return { problem: 'contains a value that JSON does not support' }
      // Some reasons quote a tag or an alias of the text.
      const reason = error.reason.replace(/["'<&*!].*$/s, '').trim()
      const line = error.mark ? `line ${error.mark.line + 1}: ` : ''
      return { problem: `is not valid YAML (${line}${reason})` }
    }
  }
}

/** Returns the value of a YAML or JSON text; `undefined` if it is neither. */
export async function parseYaml(text: string): Promise<unknown> {
  const read = await readYaml(text)
  return 'value' in read ? read.value : undefined
}
