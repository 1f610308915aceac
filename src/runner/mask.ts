import { createMaskList, unquoted } from './mask-list.ts'
import { isSecretName } from './secret-name.ts'
import { secretParts } from './secret-parts.ts'
import { isBooleanLike, isOrdinary, isPemHeader, isSecretShaped, type NamedValue } from './secret-shape.ts'
import { createTextSearch } from './text-search.ts'

/** Shorter texts are not masked: a mask of "a" would replace every "a" in the log by asterisks, and so reveal it. */
const SHORTEST_MASK = 6
/**
 * Words of this length are masked even if only LangSmith has them, and also inside other words, because they are
 * passphrases.
 */
const SHORTEST_PASSPHRASE = 16

/** Origin of a value: passed to this run, or read from LangSmith only. */
type Origin = 'given' | 'read'

/**
 * Creates the keeper of secrets, which decides what is masked and what is redacted. Each function that receives secrets
 * returns the texts that the runner must mask now. `publicTexts` are the contents of outputs: the runner drops an
 * output that contains a masked text, so a part of an output is never masked. Source: design, "Masking".
 */
export function createSecretKeeper() {
  const redaction = createRedaction()
  const masks = createMaskList()
  return {
    /** Adds the keys that the run uses. */
    keys: (values: readonly string[]): readonly string[] => {
      const lines = values.flatMap(lineForms)
      for (const text of [...values, ...lines]) redaction.hide(text, { asWord: text.trim().length < SHORTEST_MASK })
      return masks.maskNow([...new Set(lines)].filter(isMaskable))
    },
    /** Adds values of a deployment's environment. A value that could be part of a later output is masked later. */
    add: (secrets: readonly NamedValue[], origin: Origin, publicTexts: readonly string[]): readonly string[] => {
      for (const secret of secrets) {
        const texts = redaction.hideSecret(secret, origin)
        masks.maskLater(texts.filter(maskableOf(secret, origin)))
      }
      return masks.release('now', publicTexts)
    },
    /** Adds values of an environment that are redacted from now on, and never masked. */
    redactOnly: (secrets: readonly NamedValue[]): void => {
      for (const secret of secrets) redaction.hideSecret(secret, 'read')
    },
    /**
     * Adds texts that may be printed, such as commands and URLs. Only the secrets in them are redacted, and never
     * masked.
     */
    redactParts: redaction.hideParts,
    /** Called when more outputs are known: those of the deployment, or all. */
    release: (isEnd: boolean, publicTexts: readonly string[]): readonly string[] =>
      masks.release(isEnd ? 'at-end' : 'with-deployment', publicTexts),
    /**
     * Removes secrets from outside text, including text that no runner masks, such as a comment: whole secrets, their
     * parts, and the forms in which a log or an error may quote them. Short secrets and words are removed only as
     * separate words.
     */
    redact: redaction.redact
  }
}

/** Creates the redaction of outside text. */
function createRedaction() {
  const search = createTextSearch()
  const seen = new Set<string>()
  const readable = new Set<string>()
  const hide = (text: string, { asWord }: { readonly asWord: boolean }) => {
    search.add(text, { asWord })
    for (const form of encodedForms(text, { asWord })) search.add(form, { asWord })
  }
  return {
    hide,
    /**
     * @returns the texts of the secret that are redacted from now on; none for a known secret, because a deployment is
     *   read repeatedly
     */
    hideSecret: (secret: NamedValue, origin: Origin): readonly string[] => {
      const id = JSON.stringify([secret.name, secret.value, origin])
      if (seen.has(id)) return []
      seen.add(id)
      const texts = hiddenTexts(secret)
      for (const text of texts) hide(text, { asWord: isFoundAsWord(text) })
      return texts
    },
    hideParts: (texts: readonly string[]): void => {
      for (const text of texts) {
        if (readable.has(text)) continue
        readable.add(text)
        for (const part of partsOfText(text)) hide(part, { asWord: isFoundAsWord(part) })
      }
    },
    redact: search.replaceIn
  }
}

/** Minimum length of a form that counts as a separate word. A shorter one could be an ordinary word. */
const SHORTEST_WORD_FORM = 8

/**
 * Returns the forms of a text in JSON, Python's `repr`, a URL and Base64.
 *
 * @param asWord true if the forms count only as separate words. With the line end that `echo` adds, Base64 is then
 *   another word.
 */
function encodedForms(text: string, { asWord }: { readonly asWord: boolean }): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1)
  // Python and Node's `inspect` escape a quote only if the text contains both kinds.
  const repr = json.replaceAll('\\"', '"')
  const quoted = [json, repr, repr.replaceAll("'", "\\'"), encodeURIComponent(text.toWellFormed())]
  const encoded = (asWord ? [text, `${text}\n`] : [text]).map((each) => Buffer.from(each).toString('base64'))
  const counts = (form: string) => !asWord || form.length >= SHORTEST_WORD_FORM
  return [...quoted.filter(counts), ...encoded.filter(counts).map((form) => form.replace(/=+$/, ''))]
}

/** Returns a test for the texts of a secret that are masked. */
function maskableOf({ name, value }: NamedValue, origin: Origin): (text: string) => boolean {
  if (origin === 'given') return isMaskable
  // A certificate has thousands of lines. Its parts are computed once, and only on demand.
  let parts: ReadonlySet<string> | undefined
  return (text) => {
    parts ??= new Set(partsOfText(value, name))
    return isMaskable(text) && isWorthMasking(text, name, parts)
  }
}

/** Tells if a value that is not declared as secret may be one, according to its name or text, and must not be shown. */
export function mayBeSecret({ name, value }: NamedValue): boolean {
  return isSecretShaped(value) || secretParts(value).length > 0 || isSecretName(name)
}

/**
 * Returns the secret texts of a value: the whole, its lines and its parts. A line of ordinary words is excluded, unless
 * the name marks the whole value as secret.
 */
function hiddenTexts({ name, value }: NamedValue): readonly string[] {
  const hasSecretName = isSecretName(name)
  const isSecret = (text: string) =>
    !isPemHeader(text) && (hasSecretName ? !/^(null|none)?$/i.test(text.trim()) : !isOrdinary(unquoted(text)))
  const lines = lineForms(value)
  const isWhole = !/[\r\n]/.test(value)
  const whole = isWhole
    ? lines.filter(isSecret)
    : [value, ...lines.filter((line) => isMaskable(line) && isSecret(line))]
  // A program that reads its settings from a file removes the quotes around a value.
  const bare = isWhole ? whole.map(unquoted).filter((text) => text.trim() !== '') : []
  return [...new Set([...whole, ...bare, ...partsOfText(value, name)])].filter((text) => text !== '')
}

function partsOfText(value: string, name?: string): readonly string[] {
  return secretParts(value, name).flatMap((part) => [part, part.trim()])
}

/** Returns the lines of a value, with and without surrounding spaces. */
function lineForms(value: string): readonly string[] {
  const lines = value.split(/\r\n|\r|\n/)
  return [...new Set([...lines, ...lines.map((line) => line.trim())])]
}

function isFoundAsWord(text: string): boolean {
  const { length } = text.trim()
  return length < SHORTEST_MASK || (length < SHORTEST_PASSPHRASE && isOrdinary(text))
}

function isMaskable(text: string): boolean {
  const bare = text.trim()
  return bare.length >= SHORTEST_MASK && !isBooleanLike(bare) && !/^\d{1,6}$/.test(bare) && !/[\r\n]/.test(text)
}

/**
 * Tells if a text is masked that was only read from LangSmith. Only this action can print such a text, so ordinary
 * words stay readable in the rest of the job.
 */
function isWorthMasking(text: string, name: string, parts: ReadonlySet<string>): boolean {
  if (isSecretShaped(text)) return true
  const isNamed = isSecretName(name) || parts.has(text)
  return isNamed && (!isOrdinary(text) || (text.length >= SHORTEST_PASSPHRASE && /[-_]/.test(text)))
}
