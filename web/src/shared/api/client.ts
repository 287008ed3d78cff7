import type { Problem } from './types'

/** A refusal by the server. `code` is stable, `detail` is for people, `id` may be quoted to support. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly problem: Problem & Record<string, unknown>
  readonly requestId: string | null

  constructor(problem: Problem & Record<string, unknown>, requestId: string | null) {
    super(problem.detail ?? problem.title ?? problem.code)
    this.status = problem.status
    this.code = problem.code
    this.problem = problem
    this.requestId = requestId
  }
}

/** The server could not be reached at all. */
export class Unreachable extends ApiError {
  constructor() {
    super({ status: 0, code: 'unreachable' }, null)
  }
}

type Query = Record<string, string | number | boolean | null | undefined>
interface Options {
  query?: Query
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

let onSignedOut: () => void = () => undefined
/** Tells the shell that the session has ended, whichever request found out. */
export function whenSignedOut(handler: () => void) {
  onSignedOut = handler
}

export function address(path: string, query: Query = {}) {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

async function problemOf(response: Response): Promise<ApiError> {
  const fallback = { status: response.status, code: `http_${response.status}` }
  const problem = await response.json().catch(() => ({}))
  return new ApiError({ ...fallback, ...problem }, response.headers.get('x-request-id'))
}

async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const form = options.body instanceof FormData
  const headers: Record<string, string> = { 'X-Yizhan': '1', ...options.headers }
  if (options.body !== undefined && !form) headers['Content-Type'] = 'application/json'
  const response = await fetch(address(path, options.query), {
    method,
    headers,
    credentials: 'same-origin',
    signal: options.signal,
    body: form ? (options.body as FormData) : JSON.stringify(options.body),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable()
  })
  if (!response.ok) {
    const error = await problemOf(response)
    if (error.status === 401 && !path.startsWith('/auth/')) onSignedOut()
    throw error
  }
  if (response.status === 204) return undefined as T
  const text = await response.text()
  return (text ? JSON.parse(text) : undefined) as T
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    request<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown, headers?: Record<string, string>) =>
    request<T>('POST', path, { body: body ?? {}, headers }),
  put: <T>(path: string, body?: unknown) => request<T>('PUT', path, { body: body ?? {} }),
  patch: <T>(path: string, body: unknown, headers?: Record<string, string>) =>
    request<T>('PATCH', path, { body, headers }),
  delete: <T>(path: string, query?: Query) => request<T>('DELETE', path, { query }),
}
