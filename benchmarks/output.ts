import { median, quantile } from './statistics.ts'

/** A claim, its measured value, and whether the value is within the limit. */
export interface Check {
  readonly claim: string
  readonly measured: string
  readonly limit: string
  /** Desired value; exceeding it is not a failure. */
  readonly aim: string
  readonly holds: boolean
}

/** Prints the heading of a part of the benchmark. */
export function heading(text: string): void {
  console.log(`\n${text}\n${'-'.repeat(text.length)}`)
}

/** Prints rows with column titles: the first column aligned left, the others aligned right. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) =>
        column === 0 ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width)
      )
      .join('  ')
      .trimEnd()
  console.log(line(titles))
  console.log(widths.map((width) => '-'.repeat(width)).join('  '))
  for (const row of rows) console.log(line(row))
}

/** Prints all checks. @returns whether all of them hold */
export function summary(checks: readonly Check[]): boolean {
  heading('Summary')
  table(
    ['claim', 'measured', 'limit', 'aim', 'verdict'],
    checks.map(({ claim, measured, limit, aim, holds }) => [claim, measured, limit, aim, holds ? 'holds' : 'FAILS'])
  )
  return checks.every(({ holds }) => holds)
}

/** The columns of `spread`. */
export const SPREAD = ['median', 'quartiles', 'min', 'max'] as const

/** Returns the cells for median, quartiles and range. @param digits decimals */
export function spread(figures: readonly number[], digits = 0): readonly string[] {
  const show = (value: number) => value.toFixed(digits)
  return [
    show(median(figures)),
    `${show(quantile(figures, 0.25))}..${show(quantile(figures, 0.75))}`,
    show(quantile(figures, 0)),
    show(quantile(figures, 1))
  ]
}
