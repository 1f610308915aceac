import type { Bound, Operator, Threshold } from '../deployment/thresholds.ts'
import { FIGURE_NAMES, unitOf } from '../run/figure.ts'
import { AMOUNTS, parseScore, unitAdvice } from './amount.ts'

/** Thresholds, and their problems as the ends of sentences that begin with the name of the input. */
export interface ThresholdsRead {
  readonly thresholds: readonly Threshold[]
  readonly faults: readonly string[]
}

const OPERATORS: readonly Operator[] = ['>=', '<=', '>', '<']

/** Alternative spellings of operators. */
const OTHER_OPERATORS: Readonly<Record<string, Operator | undefined>> = {
  '=>': '>=',
  '=<': '<=',
  '≥': '>=',
  '≤': '<=',
  '==': undefined,
  '=': undefined,
  ':': undefined
}

/** Parses thresholds, one per line. Blank lines and lines that begin with # are ignored. */
export function parseThresholds(text: string): ThresholdsRead {
  const read = text.split(/\r\n|\n/).flatMap((raw, index) => {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) return []
    const result = parseLine(line)
    return [typeof result === 'string' ? `line ${index + 1} (\`${line}\`): ${result}` : result]
  })
  return {
    thresholds: read.filter((one) => typeof one !== 'string'),
    faults: read.filter((one) => typeof one === 'string')
  }
}

/** Comparisons, including misspelled ones. A key can contain other signs: openevals uses `json_match:average`. */
const COMPARED = /^(.*?)\s*(=>|=<|>=|<=|≥|≤|>|<)\s*(.*)$/
const NOT_COMPARED = /^(.*?)\s*(==|=|:)\s*(.*)$/

/** Parses a line as a threshold, or returns its problem. */
function parseLine(line: string): Threshold | string {
  const plain = withoutYaml(line)
  return plain === line ? parsePlain(line) : `a list or quotes are not supported. ${writeInstead(plain)}`
}

/** Removes the sign of a list item, and quotes around the line or its key. No feedback key begins with them. */
function withoutYaml(line: string): string {
  const item = line.replace(/^(?:[-*•]\s+)+/, '')
  return /^["'`]/.test(item) ? item.replace(/^["'`]+|["'`]+$/g, '').replace(/["'`]+(?=\s*(?:[<>=≥≤:]|$))/, '') : item
}

function writeInstead(plain: string): string {
  return typeof parsePlain(plain) === 'string'
    ? 'Use one threshold per line, such as `correctness >= 0.8`.'
    : `Use \`${plain}\`.`
}

function parsePlain(line: string): Threshold | string {
  const compared = COMPARED.exec(line)
  // `key: >= 0.8`, as in YAML.
  const parts = compared && !compared[1]?.endsWith(':') ? compared : NOT_COMPARED.exec(line)
  const [, key = '', sign = '', bound = ''] = parts ?? []
  const operator = OPERATORS.find((one) => one === sign)
  if (!operator) {
    const meant = OTHER_OPERATORS[sign]
    const got = sign === '' ? '' : `, got \`${sign}\``
    return `expected ${meant ? `\`${meant}\`${got}` : `one of \`>=\`, \`<=\`, \`>\`, \`<\`${got}, as in \`correctness >= 0.8\``}.`
  }
  if (key === '') return 'expected a feedback key or a metric before the comparison, as in `correctness >= 0.8`.'
  if (bound === '') return `expected ${AMOUNTS[unitOf(key)].forms} after \`${sign}\`.`
  // Several thresholds on one line, for example folded by `>` in YAML.
  if (/[<>≥≤]/.test(bound)) {
    return 'expected one threshold per line. In YAML, use `|` after `thresholds:`, because `>` folds lines into one.'
  }
  const parsed = parseBound(bound, key)
  return typeof parsed === 'string' ? parsed : { key, operator, bound: parsed }
}

/** Parses a bound, or returns its problem. */
function parseBound(text: string, key: string): Bound | string {
  const unit = unitOf(key)
  const { parse, forms } = AMOUNTS[unit]
  if (/\bbaseline\b/i.test(text)) return parseBaseline(text, key)
  const value = parse(text)
  if (value !== undefined) return { kind: 'value', value }
  if (unit === 'share' && parseScore(text) !== undefined) {
    return `\`${key}\` must be between 0% and 100%: expected ${forms}.`
  }
  const advice = unit === 'seconds' ? unitAdvice(text) : undefined
  if (advice) return `expected a duration with a unit, got \`${text}\`. ${advice}`
  const isTime = unit === 'score' && AMOUNTS.seconds.parse(text) !== undefined
  if (isTime || (unit === 'score' && text.startsWith('$'))) {
    return `\`${key}\` is not a metric, and a feedback key requires ${forms}. Metrics: ${figureList()}.`
  }
  return `expected ${forms} for \`${key}\`, or a change to the baseline such as \`baseline - 0.02\`, got \`${text}\`.`
}

/** Parses `baseline`, `baseline - 0.02`, `baseline + 2s` or `baseline * 1.1`. */
function parseBaseline(text: string, key: string): Bound | string {
  const [, change, amount = ''] = /^baseline(?:\s*([-+*])\s*(.+))?$/i.exec(text) ?? []
  if (/^baseline$/i.test(text)) return { kind: 'baseline', change: '+', by: 0 }
  const { parse, forms } =
    change === '*' ? { parse: parseScore, forms: 'a number such as `1.1`' } : AMOUNTS[unitOf(key)]
  const by = parse(amount)
  if ((change === '+' || change === '-' || change === '*') && by !== undefined) return { kind: 'baseline', change, by }
  const advice = unitOf(key) === 'seconds' ? unitAdvice(amount) : undefined
  if (advice) return `expected a duration with a unit, got \`${amount}\`. ${advice}`
  return change
    ? `expected ${forms} after \`baseline ${change}\` for \`${key}\`, got \`${amount}\`.`
    : 'expected `baseline`, `baseline - 0.02`, `baseline + 0.02` or `baseline * 1.1`.'
}

function figureList(): string {
  return FIGURE_NAMES.map((name) => `\`${name}\``).join(', ')
}

/** Tells if a threshold compares with the baseline experiment. */
export function needsBaseline({ bound }: Threshold): boolean {
  return bound.kind === 'baseline'
}
