import type { Answer, Path, Rest, Verb } from './typed'
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

interface Options {
  path?: Record<string, string>
  query?: object
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

let onReached: () => void = () => undefined
/** Tells that the server answers, whatever it says. */
export function whenReached(handler: () => void): () => void {
  onReached = handler
  return () => {
    onReached = () => undefined
  }
}

let onSignedOut: () => void = () => undefined
/** Tells the shell that the session has ended, whichever request found out. */
export function whenSignedOut(handler: () => void) {
  onSignedOut = handler
}

/** Asks who is signed in, because a stream does not say why it ended. */
export const checkSession = () =>
  request('GET', '/auth/me').catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 401) onSignedOut()
  })

/** The address of a call: `{names}` in it are filled, filters that say nothing are left out. */
export function address(path: string, { path: names = {}, query = {} }: Options = {}) {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(names[name] ?? ''),
  )
  return `/api/v1${filled}${text ? `?${text}` : ''}`
}

async function problemOf(response: Response): Promise<ApiError> {
  const fallback = { status: response.status, code: `http_${response.status}` }
  const problem = await response.json().catch(() => ({}))
  return new ApiError({ ...fallback, ...problem }, response.headers.get('x-request-id'))
}

/** A call whose types the caller knows; everything else goes through `api`. */
export async function request<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { 'X-Yizhan': '1', ...options.headers }
  const changes = method !== 'GET' && method !== 'DELETE'
  if (changes) headers['Content-Type'] = 'application/json'
  const response = await fetch(address(path, options), {
    method,
    headers,
    credentials: 'same-origin',
    signal: options.signal,
    body: changes ? JSON.stringify(options.body ?? {}) : undefined,
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable()
  })
  if (response.status < 502) onReached()
  if (!response.ok) {
    const error = await problemOf(response)
    if (error.status === 401 && !path.startsWith('/auth/')) onSignedOut()
    throw error
  }
  const text = response.status === 204 ? '' : await response.text()
  return (text ? JSON.parse(text) : undefined) as T
}

const verb =
  <V extends Verb>(name: V) =>
  <P extends Path<V>>(path: P, ...[call]: Rest<V, P>) =>
    request<Answer<V, P>>(name.toUpperCase(), path, call)

/** `api.get('/tickets/{ticket_id}', { path: { ticket_id: id } })`: the description knows the rest. */
export const api = {
  get: verb('get'),
  post: verb('post'),
  put: verb('put'),
  patch: verb('patch'),
  delete: verb('delete'),
}
