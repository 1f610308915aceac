/** Version of this action, as package.json has it. */
export const VERSION = '1.0.0'

/** What this action calls itself in each request. */
export const USER_AGENT = `langsmith-deploy-action/${VERSION}`
