import type { Place } from '../run/place.ts'
import type { FaultContext } from './faults.ts'

/** Why the body of an answer could not be used. */
export type AnswerFault = 'html' | 'not-json' | 'empty' | 'shape'

/** FastAPI's own text for a path without a route; a missing deployment is named by its ID. */
const NO_SUCH_ROUTE = 'Not Found'

/** The server answered with a status that is no success. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  /** What the server said, as one text; words from outside. */
  readonly detail: string
  readonly request: string
  readonly requestId: string | undefined
  /** Whether the answer can only come from something that is no control plane, such as a web page or a proxy. */
  readonly isWrongHost: boolean
  /** Whether it came as a page, which a proxy writes and no control plane. */
  readonly isHtml: boolean
  /** Whether nothing had been answered before. Later answers come from a control plane. */
  readonly isFirstAnswer: boolean
  constructor(answer: {
    status: number
    detail: string
    request: string
    html?: boolean
    requestId?: string | undefined
    isFirst?: boolean
    /** What answered, where that is not LangSmith itself. */
    server?: string
  }) {
    super(
      answer.html
        ? `${answer.request} returned ${answer.status} with an HTML page`
        : `${answer.server ?? 'LangSmith'} returned ${answer.status} for ${answer.request}`
    )
    this.isHtml = answer.html === true
    this.isWrongHost =
      answer.status === 405 || (answer.status === 404 && (answer.html === true || answer.detail === NO_SUCH_ROUTE))
    this.isFirstAnswer = answer.isFirst ?? true
    this.status = answer.status
    this.detail = answer.detail
    this.request = answer.request
    this.requestId = answer.requestId
  }
}

/** An answer came, but not one that this action can use. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
  readonly fault: AnswerFault
  constructor(fault: AnswerFault, message: string) {
    super(message)
    this.fault = fault
  }
}

/** No answer came. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  /** Node's or undici's code, such as ECONNREFUSED; empty when there is none. */
  readonly code: string
  /** Whether the request can have reached the server. */
  readonly reached: boolean
  readonly context: FaultContext
  constructor(message: string, code: string, reached: boolean, context: FaultContext = {}) {
    super(message)
    this.code = code
    this.reached = reached
    this.context = context
  }
}

/** The run must not go on: what is in LangSmith and what was asked for do not fit together. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  /** What is wrong, in a few words without values. */
  readonly title: string
  readonly advice: string
  /** The failure behind it, whose words are the server's. */
  readonly behind: Error | undefined
  /** Where the cause is, when it is in a file of the workspace. */
  readonly place: Place | undefined
  constructor(title: string, message: string, advice: string, behind?: Error, place?: Place) {
    super(message)
    this.title = title
    this.advice = advice
    this.behind = behind
    this.place = place
  }
}
