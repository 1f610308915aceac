import { hasKnownPrefix, isOrdinary, isSecretShaped } from './secret-shape.ts'

/** Stages of the known outputs: those of every run, those of the deployment as well, or all. */
const STAGES = ['now', 'with-deployment', 'at-end'] as const
type Stage = (typeof STAGES)[number]

/** Creates a list of masks. A text that could be part of a later output waits until that output is known. */
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
    /** Masks the texts that can be compared with the known outputs and are not part of one. */
    release: (known: Stage, publicTexts: readonly string[]): readonly string[] => {
      for (const text of publicTexts) outputs.add(text)
      const ready = [...waiting].filter(([, when]) => STAGES.indexOf(when) <= STAGES.indexOf(known))
      return maskNow(ready.map(([text]) => text).filter((text) => !isPartOf(outputs, text)))
    }
  }
}

/**
 * Returns the stage from which a text is certain not to be part of an output. IDs, commits, statuses and URLs are known
 * late. An earlier mask could lose an output, because the runner drops outputs that contain a masked text.
 */
function comparableFrom(text: string): Stage {
  const stages = maskedForms(text).map(stageOf)
  return STAGES.findLast((stage) => stages.includes(stage)) ?? 'now'
}

/**
 * Returns what the runner replaces for one mask: the text, the text without surrounding quotes, and the part after its
 * last `&`.
 */
function maskedForms(text: string): readonly string[] {
  const bare = text.trim()
  const last = bare.slice(bare.lastIndexOf('&') + 1)
  return [bare, unquoted(bare).trim(), ...(last.length >= SHORTEST_SECTION ? [last] : [])]
}

/** The runner does not mask a shorter section of a text. */
const SHORTEST_SECTION = 6

/** Returns a text without surrounding quotes, as a log may show it and the runner masks it. */
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

/**
 * Tells if a text may be part of an ID: a UUID, a commit, or the random ending of a host name, including short ones.
 */
function isPieceOfId(text: string): boolean {
  return (
    /^[0-9a-f]{1,32}$|^[0-9a-f]{40}$/i.test(text) || (/^[0-9a-f]*(-[0-9a-f]*){1,4}$/i.test(text) && text.length <= 36)
  )
}

/** Tells if a text may be a label of a host name, such as a name with a random ending. */
function isLabel(text: string): boolean {
  return /^[a-z0-9]*(-[a-z0-9]*)+$/.test(text)
}

/**
 * Tells if a mask would replace part of one of the texts. The runner also masks the text without its quotes, and its
 * sections between `&`.
 */
function isPartOf(publicTexts: ReadonlySet<string>, mask: string): boolean {
  const forms = [mask, unquoted(mask), ...mask.split('&').filter((form) => form.length >= SHORTEST_SECTION)]
  return [...publicTexts].some((text) => forms.some((form) => text.includes(form)))
}
