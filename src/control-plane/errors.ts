import type { Place } from '../run/place.ts'
import type { FaultContext } from './faults.ts'

/** The reason why the body of a response is not usable. */
export type AnswerFault = 'html' | 'not-json' | 'empty' | 'shape'

/** FastAPI's text for a path without a route. A missing deployment is named by its ID instead. */
const NO_SUCH_ROUTE = 'Not Found'

/** The server returned a status that is not a success. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  /** The reason from the server as one text; text from outside. */
  readonly detail: string
  readonly request: string
  readonly requestId: string | undefined
  /** True if the response cannot be from a control plane, but is from a web server or a proxy, for example. */
  readonly isWrongHost: boolean
  /** True for an HTML page, which proxies return and control planes do not. */
  readonly isHtml: boolean
  /** True for the first response of the run. Later responses are known to be from a control plane. */
  readonly isFirstAnswer: boolean
  constructor(answer: {
    status: number
    detail: string
    request: string
    html?: boolean
    requestId?: string | undefined
    isFirst?: boolean
    /** The server, if it is not LangSmith. */
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

/** The response is not usable. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError'
  readonly fault: AnswerFault
  constructor(fault: AnswerFault, message: string) {
    super(message)
    this.fault = fault
  }
}

/** There was no response. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
  /** The code of Node or undici, such as ECONNREFUSED; empty if there is none. */
  readonly code: string
  /** True if the server may have received the request. */
  readonly reached: boolean
  readonly context: FaultContext
  constructor(message: string, code: string, reached: boolean, context: FaultContext = {}) {
    super(message)
    this.code = code
    this.reached = reached
    this.context = context
  }
}

/** The run must stop: the inputs do not match the state of LangSmith. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  /** The error in a few words, without values. */
  readonly title: string
  readonly advice: string
  /** The cause, whose message comes from the server. */
  readonly behind: Error | undefined
  /** The location of the cause, if it is in a file of the workspace. */
  readonly place: Place | undefined
  constructor(title: string, message: string, advice: string, behind?: Error, place?: Place) {
    super(message)
    this.title = title
    this.advice = advice
    this.behind = behind
    this.place = place
  }
}
