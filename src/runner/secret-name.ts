/*
 * What the name of a variable, a setting or a key reveals about its value. Pure functions outside the layers: masking
 * uses them, and so does the check of what a server may hide.
 */

/** Words that mark a secret in any position of the name, unless `NOT_SECRET` matches. */
const SECRET_WORD =
  /^(key|keys|apikeys?|pass|passwd|password|passwords|passphrase|passcode|pwd|pw|pin|secrets?|token|jwt|credentials?|creds|dsn|sig|signature|salt|bearer|authorization)$/
/**
 * Words that mark a secret only as the last word: `BASIC_AUTH` and `COOKIE` contain secrets, `AUTH_BACKEND` and
 * `SESSION_STORE` do not.
 */
const SECRET_LAST_WORD = /^(auth|cookies?|session|(master|redis|basic|proxy|http|registry)auth)$/
/** Endings of names that are one word, such as PGPASSWORD, sslpassword and accountkey. */
const SECRET_ENDING =
  /(password|passwd|passphrase|pwd|secret|token|credentials?|(api|access|account|secret|private|signing|master|license|encryption)key)$/
/** Ending `pass` of one word, such as DBPASS, SMTPPASS and REQUIREPASS, except for ordinary words with this ending. */
const PASS_ENDING = /[a-z]pass$/
const NO_PASS =
  /^(com|encom|by|tres|sur|over|under|out|multi|single|one|two|low|high|band|all|fore|first|second|forward|back)pass$/
/** Last words of names whose value only describes a secret: its name, its location, its size. */
const ABOUT_A_SECRET =
  /^(name|id|ids|ur[il]|file|filename|path|dir|arn|endpoint|host|port|prefix|type|alg|algorithm|length|size|ttl|expiry|expires|expiration|timeout|limit|count|mode|region|version|header|issuer|audience|enabled|required|policy|field|column|provider|scopes?|user|username|vault)$/
const NOT_SECRET = /^(public|publishable|max|min|num|use|enable|disable|require|has|is)$/
/** Words that override `NOT_SECRET`: `PUBLIC_API_PASSWORD` is a password, but a public key is not a secret. */
const STRONG = /(password|passwd|passphrase|secret|token)$/
const LIMITS = /^(max|min|num)$/

/**
 * Tells if a name marks its value as a secret: `OPENAI_API_KEY`, `db.password`, `AccountKey`, `sslpassword`,
 * `REDIS_AUTH`. Not `SharedAccessKeyName`, `TOKEN_URL`, `MAX_TOKENS` and `PUBLIC_KEY`, whose values are checked by
 * their form.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
  const last = words.at(-1) ?? ''
  if (ABOUT_A_SECRET.test(last)) return false
  // `MAX_TOKEN` counts tokens, `MAX_DB_PASSWORD` is the password of a database.
  if (words.some((word, index) => STRONG.test(word) && !LIMITS.test(words[index - 1] ?? ''))) return true
  if (words.some((word) => NOT_SECRET.test(word))) return false
  return SECRET_LAST_WORD.test(last) || words.some(isSecretWord)
}

function isSecretWord(word: string): boolean {
  return SECRET_WORD.test(word) || SECRET_ENDING.test(word) || (PASS_ENDING.test(word) && !NO_PASS.test(word))
}
