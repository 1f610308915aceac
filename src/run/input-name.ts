/** The API's fields that are not just the input with underscores. */
const INPUT_NAMES: ReadonlyMap<string, string> = new Map([
  ['langgraph_config_path', 'langgraph-config'],
  ['source', 'source-type'],
  ['revision_source', 'source-type'],
  ['listener_config', 'k8s-namespace'],
  ['agent.agent_id', 'agent-id'],
  ['agent.environment', 'agent-environment']
])

/** The input that sets a field of the API; the key within it keeps its name, such as `resource-spec.min_scale`. */
export function inputName(field: string): string {
  const whole = INPUT_NAMES.get(field)
  if (whole !== undefined) return whole
  const [first = '', ...keys] = field.split('.')
  return [first.replaceAll('_', '-'), ...keys].join('.')
}

/** The input that sets a field of the API, as a message names it. */
export function inputLabel(field: string): string {
  return `\`${inputName(field)}\``
}
