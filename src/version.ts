/** Version of this action, as package.json has it; it stands in the User-Agent. */
export const VERSION = '1.0.0'
