/** API fields whose input has another name, apart from hyphens for underscores. No input sets the archive. */
const INPUT_NAMES: ReadonlyMap<string, string> = new Map([
  ['langgraph_config_path', 'langgraph-config'],
  ['source', 'source-type'],
  ['revision_source', 'source-type'],
  ['source_tarball_path', 'archive'],
  ['listener_config', 'k8s-namespace'],
  ['agent.agent_id', 'agent-id'],
  ['agent.environment', 'agent-environment']
])

/**
 * Returns the input that sets an API field. A key within the field keeps its name, such as `resource-spec.min_scale`.
 */
export function inputName(field: string): string {
  const whole = INPUT_NAMES.get(field)
  if (whole !== undefined) return whole
  const [first = '', ...keys] = field.split('.')
  return [first.replaceAll('_', '-'), ...keys].join('.')
}

/** Returns the input that sets an API field, in backticks, for a message. */
export function inputLabel(field: string): string {
  return `\`${inputName(field)}\``
}
