/** Where a shell or another tool would put a value, and nothing does so here. */
const SHELL_VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)[^}]*\})/
const SHELL_COMMAND = /\$\(|^`.+`$/s
const BRACES = /\$?\{\{\s*(.*?)\s*\}\}/s
const BARE_EXPRESSION =
  /^(?:(?:secrets|vars|env)\.[A-Z_][A-Z0-9_]*|(?:inputs|matrix)\.[A-Za-z_][\w-]*|github\.(?:sha|ref|ref_name|head_ref|base_ref|repository|repository_owner|token|actor|run_id|run_number|workspace|event\.[\w.]+)|(?:steps|needs)\.[\w-]+\.outputs\.[\w-]+)$/

/**
 * What is wrong with a text in which an expression was not evaluated: the end of a sentence that begins with the name of
 * the input. GitHub evaluates `${{ … }}` alone; a shell variable is text to it.
 */
export function unevaluated(text: string): string | undefined {
  const shown = `"${text}"`
  if (/^(?:Object|Array)$/.test(text)) {
    return `is ${shown}, which GitHub makes of an expression that is a whole ${text.toLowerCase()}. Write the expression of a single text, such as \`\${{ github.event.repository.name }}\`.`
  }
  const [, inner] = BRACES.exec(text) ?? []
  if (inner !== undefined) {
    return `is ${shown}, in which an expression was not evaluated. Write \`\${{ ${inner || '…'} }}\` in the workflow itself: not inside another expression, and with a dollar sign in front.`
  }
  const [, plain, braced] = SHELL_VARIABLE.exec(text) ?? []
  const name = plain ?? braced
  if (name) {
    return `is ${shown}, and a shell variable is not expanded in \`with:\`. Write \`\${{ ${contextOf(name)} }}\`${isGithubVariable(name) ? '' : ', and set the variable in `env` or in an earlier step'}.`
  }
  if (SHELL_COMMAND.test(text)) {
    return `is ${shown}, and a command is not run in \`with:\`. Run it in an earlier step, write its result to $GITHUB_OUTPUT, and use \`\${{ steps.ID.outputs.NAME }}\`.`
  }
  if (BARE_EXPRESSION.test(text)) return `is the text of an expression, ${shown}. Write \`\${{ ${text} }}\`.`
  return undefined
}

function contextOf(name: string): string {
  return isGithubVariable(name) ? `github.${name.slice('GITHUB_'.length).toLowerCase()}` : `env.${name}`
}

/** The runner's own variables that the `github` context has too. */
function isGithubVariable(name: string): boolean {
  return /^GITHUB_(?:SHA|REF|REF_NAME|HEAD_REF|BASE_REF|REPOSITORY|REPOSITORY_OWNER|RUN_ID|RUN_NUMBER|ACTOR|TOKEN|EVENT_NAME|SERVER_URL|WORKSPACE)$/.test(
    name
  )
}
