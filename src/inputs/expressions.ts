/** Syntax that a shell or another tool would expand, but GitHub does not. */
const SHELL_VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)[^}]*\})/
const SHELL_COMMAND = /\$\(|^`.+`$/s
const BRACES = /\$?\{\{\s*(.*?)\s*\}\}/s
const BARE_EXPRESSION =
  /^(?:(?:secrets|vars|env)\.[A-Z_][A-Z0-9_]*|(?:inputs|matrix)\.[A-Za-z_][\w-]*|github\.(?:sha|ref|ref_name|head_ref|base_ref|repository|repository_owner|token|actor|run_id|run_number|workspace|event\.[\w.]+)|(?:steps|needs)\.[\w-]+\.outputs\.[\w-]+)$/

/**
 * Returns the problem of a text with an unevaluated expression, as the end of a sentence that begins with the name of
 * the input. GitHub evaluates `${{ … }}` only; a shell variable is plain text.
 */
export function unevaluated(text: string): string | undefined {
  const shown = `"${text}"`
  if (/^(?:Object|Array)$/.test(text)) {
    return `is ${shown}: the expression evaluated to an ${text.toLowerCase()}, not a string. Use an expression with a string value, such as \`\${{ github.event.repository.name }}\`.`
  }
  const [, inner] = BRACES.exec(text) ?? []
  if (inner !== undefined) {
    return `is ${shown}: the expression was not evaluated. Use \`\${{ ${inner || '…'} }}\` directly in the workflow, with the dollar sign and outside of other expressions.`
  }
  const [, plain, braced] = SHELL_VARIABLE.exec(text) ?? []
  const name = plain ?? braced
  if (name) {
    return `is ${shown}, but shell variables are not expanded in \`with:\`. Use \`\${{ ${contextOf(name)} }}\`${isGithubVariable(name) ? '' : ', and set the variable in `env` or in an earlier step'}.`
  }
  if (SHELL_COMMAND.test(text)) {
    return `is ${shown}, but commands do not run in \`with:\`. Run the command in an earlier step, write its result to $GITHUB_OUTPUT, and use \`\${{ steps.ID.outputs.NAME }}\`.`
  }
  if (BARE_EXPRESSION.test(text)) return `is ${shown}, an expression without \`\${{ }}\`. Use \`\${{ ${text} }}\`.`
  return undefined
}

function contextOf(name: string): string {
  return isGithubVariable(name) ? `github.${name.slice('GITHUB_'.length).toLowerCase()}` : `env.${name}`
}

/** Tells if a variable of the runner is also in the `github` context. */
function isGithubVariable(name: string): boolean {
  return /^GITHUB_(?:SHA|REF|REF_NAME|HEAD_REF|BASE_REF|REPOSITORY|REPOSITORY_OWNER|RUN_ID|RUN_NUMBER|ACTOR|TOKEN|EVENT_NAME|SERVER_URL|WORKSPACE)$/.test(
    name
  )
}
