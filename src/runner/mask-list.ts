import { hasKnownPrefix, isOrdinary, isSecretShaped } from './secret-shape.ts'

/** Which outputs are known: those that every run knows, those about the deployment too, or all. */
const STAGES = ['now', 'with-deployment', 'at-end'] as const
type Stage = (typeof STAGES)[number]

/** What the runner masks, and what waits until it is known to be part of no output. */
export function createMaskList() {
  const masked = new Set<string>()
  const waiting = new Map<string, Stage>()
  const outputs = new Set<string>()
  const maskNow = (texts: readonly string[]): readonly string[] => {
    for (const text of texts) {
      masked.add(text)
      waiting.delete(text)
    }
    return texts
  }
  return {
    maskNow,
    maskLater: (texts: readonly string[]): void => {
      for (const text of texts) if (!masked.has(text)) waiting.set(text, comparableFrom(text))
    },
    /** Masks what can be compared with the outputs that are known, unless it is part of one. */
    release: (known: Stage, publicTexts: readonly string[]): readonly string[] => {
      for (const text of publicTexts) outputs.add(text)
      const ready = [...waiting].filter(([, when]) => STAGES.indexOf(when) <= STAGES.indexOf(known))
      return maskNow(ready.map(([text]) => text).filter((text) => !isPartOf(outputs, text)))
    }
  }
}

/**
 * From when on it is sure that a text is part of no output. IDs, commits, statuses and addresses come late; whoever
 * masks one before loses the output, for the runner drops those that hold a masked text.
 */
function comparableFrom(text: string): Stage {
  const stages = maskedForms(text).map(stageOf)
  return STAGES.findLast((stage) => stages.includes(stage)) ?? 'now'
}

/** What the runner strikes for one mask: the text, the text without the quotes around it, and what follows its last `&`. */
function maskedForms(text: string): readonly string[] {
  const bare = text.trim()
  const last = bare.slice(bare.lastIndexOf('&') + 1)
  return [bare, unquoted(bare).trim(), ...(last.length >= SHORTEST_SECTION ? [last] : [])]
}

/** The runner masks no shorter section of a text. */
const SHORTEST_SECTION = 6

/** A text without the quotes around it, as a log may show it and the runner masks it. */
export function unquoted(text: string): string {
  return /^\s*(["']).*\1\s*$/s.test(text) && text.trim().length > 1 ? text.trim().slice(1, -1) : text
}

function stageOf(bare: string): Stage {
  if (!/^[\w.:@/~%?&=#+,;!$*()[\]-]+$/.test(bare)) return 'now'
  if (isOrdinary(bare) || /^[A-Z_]+$/.test(bare) || isPieceOfId(bare)) return 'at-end'
  const segments = bare.split(/[/.:@?&=#]+/)
  const isSecret = (segment: string) => isSecretShaped(segment) && !isPieceOfId(segment) && !isLabel(segment)
  if (segments.length > 1 || isLabel(bare)) return hasKnownPrefix(bare) || segments.some(isSecret) ? 'now' : 'at-end'
  return isSecretShaped(bare) ? 'now' : 'with-deployment'
}

/** UUIDs, commits, and the random endings of host names; short ones too. */
function isPieceOfId(text: string): boolean {
  return (
    /^[0-9a-f]{1,32}$|^[0-9a-f]{40}$/i.test(text) || (/^[0-9a-f]*(-[0-9a-f]*){1,4}$/i.test(text) && text.length <= 36)
  )
}

/** A piece of a host name, such as a name with a random ending. */
function isLabel(text: string): boolean {
  return /^[a-z0-9]*(-[a-z0-9]*)+$/.test(text)
}

/** Whether a mask would strike one of the texts. The runner also masks what is left of a mask without its quotes, and what `&` parts. */
function isPartOf(publicTexts: ReadonlySet<string>, mask: string): boolean {
  const forms = [mask, unquoted(mask), ...mask.split('&').filter((form) => form.length >= SHORTEST_SECTION)]
  return [...publicTexts].some((text) => forms.some((form) => text.includes(form)))
}
