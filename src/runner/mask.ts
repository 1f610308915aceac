import { createMaskList, unquoted } from './mask-list.ts'
import { isSecretName } from './secret-name.ts'
import { secretParts } from './secret-parts.ts'
import { isBooleanLike, isOrdinary, isPemHeader, isSecretShaped, type NamedValue } from './secret-shape.ts'
import { createTextSearch } from './text-search.ts'

/** Shorter texts are not masked: every "a" of the log would turn into asterisks, and tell that there is an "a". */
const SHORTEST_MASK = 6
/** From here on words are masked although LangSmith alone holds them, and found inside other words: that is a passphrase. */
const SHORTEST_PASSPHRASE = 16

/** Who holds a value besides LangSmith: this run was given it, or it was only read there. */
type Origin = 'given' | 'read'

/**
 * Decides what is masked and what is redacted. Each function that gets secrets returns the texts that the runner is to
 * mask now. `publicTexts` is what outputs hold: the runner drops an output that contains a masked text, so what is part
 * of one is never masked. Source: design, "Masking".
 */
export function createSecretKeeper() {
  const redaction = createRedaction()
  const masks = createMaskList()
  return {
    /** The keys that the run works with. */
    keys: (values: readonly string[]): readonly string[] => {
      const lines = values.flatMap(lineForms)
      for (const text of [...values, ...lines]) redaction.hide(text, { asWord: text.trim().length < SHORTEST_MASK })
      return masks.maskNow([...new Set(lines)].filter(isMaskable))
    },
    /** Values of the environment of a deployment. What can be part of an output that is not known yet is masked later. */
    add: (secrets: readonly NamedValue[], origin: Origin, publicTexts: readonly string[]): readonly string[] => {
      for (const secret of secrets) {
        const texts = redaction.hideSecret(secret, origin)
        masks.maskLater(texts.filter(maskableOf(secret, origin)))
      }
      return masks.release('now', publicTexts)
    },
    /** Values of the environment that are redacted from here on, and never masked. */
    redactOnly: (secrets: readonly NamedValue[]): void => {
      for (const secret of secrets) redaction.hideSecret(secret, 'read')
    },
    /** Texts that may be read, such as commands and addresses: only the secrets inside them are redacted, and never masked. */
    redactParts: redaction.hideParts,
    /** More outputs are known: those about the deployment, or all. */
    release: (isEnd: boolean, publicTexts: readonly string[]): readonly string[] =>
      masks.release(isEnd ? 'at-end' : 'with-deployment', publicTexts),
    /**
     * Takes secrets out of words from outside, also of those that go where no runner masks them, such as a comment:
     * whole, in parts, and in the forms in which a log or an error may quote them. Short ones and words go where they
     * are a word of their own.
     */
    redact: redaction.redact
  }
}

/** What is taken out of words from outside. */
function createRedaction() {
  const search = createTextSearch()
  const seen = new Set<string>()
  const readable = new Set<string>()
  const hide = (text: string, { asWord }: { readonly asWord: boolean }) => {
    search.add(text, { asWord })
    if (!asWord) for (const form of encodedForms(text)) search.add(form, { asWord: false })
  }
  return {
    hide,
    /** @returns the texts of the secret that are hidden from now on; none if it is known already, for a deployment is read again and again */
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

/** A text as JSON, the `repr` of Python, a URL and Base64 hold it. */
function encodedForms(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1)
  // Python, like the inspection of Node, escapes a quote only where the text holds both kinds.
  const repr = json.replaceAll('\\"', '"')
  return [
    json,
    repr,
    repr.replaceAll("'", "\\'"),
    encodeURIComponent(text.toWellFormed()),
    Buffer.from(text).toString('base64').replace(/=+$/, '')
  ]
}

/** Which texts of a secret are masked. */
function maskableOf({ name, value }: NamedValue, origin: Origin): (text: string) => boolean {
  if (origin === 'given') return isMaskable
  // A certificate has thousands of lines; its parts are looked for once, and only if there is a text to judge.
  let parts: ReadonlySet<string> | undefined
  return (text) => {
    parts ??= new Set(partsOfText(value, name))
    return isMaskable(text) && isWorthMasking(text, name, parts)
  }
}

/** Whether a value that need not be secret may be one, by its name or its text, so that it is not shown. */
export function mayBeSecret({ name, value }: NamedValue): boolean {
  return isSecretShaped(value) || secretParts(value).length > 0 || isSecretName(name)
}

/**
 * The texts of a value that are secrets: the whole, its lines and its parts. One line of a text goes without the words of
 * which it may consist; what the name says counts for the whole.
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
  // A program that reads its settings from a file drops the quotes around a value.
  const bare = isWhole ? whole.map(unquoted).filter((text) => text.trim() !== '') : []
  return [...new Set([...whole, ...bare, ...partsOfText(value, name)])].filter((text) => text !== '')
}

function partsOfText(value: string, name?: string): readonly string[] {
  return secretParts(value, name).flatMap((part) => [part, part.trim()])
}

/** A value line by line, with and without the blanks around each. */
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

/** Of what was only read from LangSmith nobody but us can print anything, so words are not taken from the whole job. */
function isWorthMasking(text: string, name: string, parts: ReadonlySet<string>): boolean {
  if (isSecretShaped(text)) return true
  const isNamed = isSecretName(name) || parts.has(text)
  return isNamed && (!isOrdinary(text) || (text.length >= SHORTEST_PASSPHRASE && /[-_]/.test(text)))
}
