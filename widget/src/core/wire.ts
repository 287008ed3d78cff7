import type { Config, Identity, Page } from '../shared/protocol'
import type { Ack, Draft, FileRef, Wire } from './timeline'

export type ServerFrame =
  | { t: 'hello'; seq: string; online: boolean; agents?: number }
  | ({ t: 'ack' } & Ack)
  | ({ t: 'msg' } & Wire)
  | { t: 'typing'; on: boolean; name: string }
  | { t: 'read'; seq: string }
  | { t: 'state'; status: string }
  | { t: 'error'; code: string; client_id?: string | null; detail: string }
  | { t: 'pong' }

export type ClientFrame =
  | { t: 'msg'; client_id: string; text: string; files: string[] }
  | { t: 'typing'; on: boolean }
  | { t: 'read'; seq: string }
  | { t: 'email'; address: string }
  | { t: 'ping' }

export interface Contact {
  name: string
  email?: string | null
  verified: boolean
}

export interface Session {
  visitor: string
  conversation_id: string | null
  contact: Contact
  messages: Wire[]
  seq: string
  /** How far an agent has read what the visitor wrote. */
  read?: string | null
}

export interface Polled {
  messages: Wire[]
  seq: string
  online: boolean
  read?: string | null
}

export interface Profile {
  name?: string
  email?: string
}

export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

async function answer<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T
  const problem = (await response.json().catch(() => ({}))) as { code?: string }
  throw new Refused(response.status, problem.code ?? 'unavailable')
}

export type Api = ReturnType<typeof buildApi>

/** The desk's addresses below `/chat/KEY`. */
export function buildApi(root: string, parent: string | null) {
  const post = <T>(path: string, body: unknown): Promise<T> =>
    fetch(`${root}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'omit',
    }).then((r) => answer<T>(r))
  const get = <T>(path: string, query: Record<string, string>): Promise<T> =>
    fetch(`${root}/${path}?${new URLSearchParams(query)}`, {
      credentials: 'omit',
      cache: 'no-store',
    }).then((r) => answer<T>(r))

  return {
    tell: post,
    config: () => get<Config>('config', parent ? { parent } : {}),
    session: (body: {
      visitor?: string
      identity?: Identity
      profile?: Profile
      page?: Page
      locale: string
    }) => post<Session>('session', { ...body, ...(parent ? { parent } : {}) }),
    poll: (visitor: string, after: string) => get<Polled>('messages', { visitor, after }),
    post: (visitor: string, draft: Draft) =>
      post<Ack>('messages', {
        visitor,
        client_id: draft.client_id,
        text: draft.text,
        files: draft.files.map((f) => f.id),
      }),
    socket: (visitor: string, after: string) =>
      `${root.replace(/^http/, 'ws')}/socket?${new URLSearchParams({ visitor, after })}`,
    upload: (visitor: string, file: File, onProgress: (done: number) => void) =>
      upload(`${root}/files`, { visitor, file, onProgress }),
  }
}

interface UploadAnswer extends Omit<FileRef, 'type'> {
  content_type: string
}

/** XMLHttpRequest, because fetch cannot tell how much of a body has gone out. */
function upload(
  url: string,
  { visitor, file, onProgress }: { visitor: string; file: File; onProgress(done: number): void },
): Promise<FileRef> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('file', file, file.name)
    request.open('POST', url)
    request.setRequestHeader('x-visitor', visitor)
    request.responseType = 'json'
    request.upload.onprogress = (e) => e.lengthComputable && onProgress(e.loaded / e.total)
    request.onerror = () => reject(new Refused(0, 'unreachable'))
    request.onload = () => {
      const body = request.response as (UploadAnswer & { code?: string }) | null
      if (request.status >= 200 && request.status < 300 && body) {
        resolve({
          id: body.id,
          name: body.name,
          type: body.content_type,
          size: body.size,
          url: body.url,
        })
      } else reject(new Refused(request.status, body?.code ?? 'unavailable'))
    }
    request.send(form)
  })
}
