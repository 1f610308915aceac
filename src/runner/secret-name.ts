/*
 * What the name of a variable, a setting or a key says about its value. Pure, and of no layer: what is masked depends on
 * it as well as what a server may be hiding.
 */

/** These say it wherever they stand in the name, unless `NOT_SECRET` says otherwise. */
const SECRET_WORD =
  /^(key|keys|apikeys?|pass|passwd|password|passwords|passphrase|passcode|pwd|pw|pin|secrets?|token|jwt|credentials?|creds|dsn|sig|signature|salt|bearer|authorization)$/
/** These say it as the last word only: `BASIC_AUTH` and `COOKIE` hold secrets, `AUTH_BACKEND` and `SESSION_STORE` do not. */
const SECRET_LAST_WORD = /^(auth|cookies?|session|(master|redis|basic|proxy|http|registry)auth)$/
/** For names that are written as one word, such as PGPASSWORD, sslpassword, accountkey. */
const SECRET_ENDING =
  /(password|passwd|passphrase|pwd|secret|token|credentials?|(api|access|account|secret|private|signing|master|license|encryption)key)$/
/** The same of `pass`: DBPASS, SMTPPASS, REQUIREPASS; not the words of the language that end so. */
const PASS_ENDING = /[a-z]pass$/
const NO_PASS =
  /^(com|encom|by|tres|sur|over|under|out|multi|single|one|two|low|high|band|all|fore|first|second|forward|back)pass$/
/** The last word says that the value only speaks about a secret: its name, its place, its size. */
const ABOUT_A_SECRET =
  /^(name|id|ids|ur[il]|file|filename|path|dir|arn|endpoint|host|port|prefix|type|alg|algorithm|length|size|ttl|expiry|expires|expiration|timeout|limit|count|mode|region|version|header|issuer|audience|enabled|required|policy|field|column|provider|scopes?|user|username|vault)$/
const NOT_SECRET = /^(public|publishable|max|min|num|use|enable|disable|require|has|is)$/
/** Stronger than `NOT_SECRET`: a password is one in `PUBLIC_API_PASSWORD` too, a public key is none. */
const STRONG = /(password|passwd|passphrase|secret|token)$/
const LIMITS = /^(max|min|num)$/

/**
 * Whether a name says that its value is a secret: `OPENAI_API_KEY`, `db.password`, `AccountKey`, `sslpassword`,
 * `REDIS_AUTH`. Not `SharedAccessKeyName`, `TOKEN_URL`, `MAX_TOKENS` and `PUBLIC_KEY`, whose values are judged by their
 * shape.
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
