/** Version of this action, the same as in package.json. */
export const VERSION = '1.0.0'

/** `User-Agent` of each request. */
export const USER_AGENT = `langsmith-deploy-action/${VERSION}`
