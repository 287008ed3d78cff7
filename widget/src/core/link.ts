/**
 * The line to the desk: a WebSocket that comes back by itself, and polling where none gets through.
 *
 * Nothing is lost because every draft stays in the outbox until its ack; nothing is doubled because
 * a repeated draft carries the same `client_id`, which the desk and the timeline both recognise.
 */
import { delay } from './backoff'
import { type Ack, compareSeq, type Draft } from './timeline'
import { type ClientFrame, type Polled, Refused, type ServerFrame } from './wire'

export type LinkState = 'connecting' | 'live' | 'polling' | 'offline'

export interface LinkPorts {
  socketUrl(after: string): string
  poll(after: string): Promise<Polled>
  post(draft: Draft): Promise<Ack>
  outbox(): Draft[]
  onFrame(frame: ServerFrame): void
  onState(state: LinkState): void
  /** The desk no longer takes this visitor's token. */
  onRefused(): void
  random(): number
  hidden(): boolean
}

export const PING = 20_000
export const SILENCE = 45_000
export const ACK = 12_000
const SOCKET_AGAIN = 60_000
const POLL = 3_000
const POLL_HIDDEN = 15_000
const GIVE_UP_SOCKET = 2
const REFUSED = 4401
/** Answers that a repeated post would get again. */
const FINAL = new Set([400, 403, 404, 409, 413, 422])

export class Link {
  readonly #ports: LinkPorts
  #after: string
  #socket: WebSocket | null = null
  #live = false
  #stopped = false
  #state: LinkState = 'connecting'
  #attempt = 0
  #misses = 0
  #heard = 0
  #sent = new Map<string, number>()
  #again: ReturnType<typeof setTimeout> | undefined
  #beat: ReturnType<typeof setInterval> | undefined
  #polling: ReturnType<typeof setTimeout> | undefined
  #flushing = false

  constructor(ports: LinkPorts, after: string) {
    this.#ports = ports
    this.#after = after
    this.#beat = setInterval(() => this.#check(), 4_000)
    this.#connect()
  }

  /** Sends if the socket is open; typing and read marks may be lost, drafts go through `flush`. */
  send(frame: ClientFrame): boolean {
    if (!this.#live || !this.#socket) return false
    this.#socket.send(JSON.stringify(frame))
    return true
  }

  /** Called after a draft was put into the outbox. */
  flush(): void {
    if (this.#live) for (const draft of this.#ports.outbox()) this.#push(draft)
    else if (this.#state === 'polling') void this.#post()
  }

  /** The browser says that the network, or the person, is back. */
  wake(): void {
    if (this.#stopped || this.#live) return
    this.#attempt = 0
    if (!this.#socket) this.#connect()
    if (this.#polling !== undefined) this.#pollSoon(0)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#again)
    clearTimeout(this.#polling)
    clearInterval(this.#beat)
    this.#socket?.close()
  }

  #set(state: LinkState): void {
    if (state === this.#state || this.#stopped) return
    this.#state = state
    this.#ports.onState(state)
  }

  #connect(): void {
    clearTimeout(this.#again)
    let socket: WebSocket
    try {
      socket = new WebSocket(this.#ports.socketUrl(this.#after))
    } catch {
      this.#misses++
      this.#lost()
      return
    }
    this.#socket = socket
    this.#heard = Date.now()
    socket.onmessage = (event) => this.#receive(String(event.data))
    socket.onclose = (event) => {
      if (this.#socket !== socket) return
      this.#socket = null
      if (!this.#live) this.#misses++
      this.#live = false
      if (event.code === REFUSED) this.#refused()
      else this.#lost()
    }
  }

  #refused(): void {
    if (this.#stopped) return
    this.stop()
    this.#ports.onRefused()
  }

  #lost(): void {
    if (this.#stopped) return
    clearTimeout(this.#again)
    const giveUp = this.#misses >= GIVE_UP_SOCKET
    if (!giveUp && this.#state === 'live') this.#set('connecting')
    if (giveUp && this.#polling === undefined) this.#pollSoon(0)
    const wait = giveUp ? SOCKET_AGAIN : delay(this.#attempt++, this.#ports.random)
    this.#again = setTimeout(() => this.#connect(), wait)
  }

  #receive(text: string): void {
    this.#heard = Date.now()
    const frame = JSON.parse(text) as ServerFrame
    if (frame.t === 'hello') {
      this.#live = true
      this.#attempt = this.#misses = 0
      this.#sent.clear()
      clearTimeout(this.#polling)
      this.#polling = undefined
      this.#set('live')
    }
    this.#take(frame)
    if (frame.t === 'hello') this.flush()
  }

  #take(frame: ServerFrame): void {
    // An ack may overtake an older answer, so only messages move the point to resume from.
    if (frame.t === 'msg' && compareSeq(frame.seq, this.#after) > 0) this.#after = frame.seq
    if (frame.t === 'ack') this.#sent.delete(frame.client_id)
    if (frame.t === 'error' && frame.client_id) this.#sent.delete(frame.client_id)
    this.#ports.onFrame(frame)
  }

  #push(draft: Draft): void {
    if (this.#sent.has(draft.client_id)) return
    const { client_id, text, files } = draft
    if (this.send({ t: 'msg', client_id, text, files: files.map((f) => f.id) })) {
      this.#sent.set(client_id, Date.now())
    }
  }

  #check(): void {
    if (!this.#socket) return
    const now = Date.now()
    const waiting = Math.min(now, ...this.#sent.values())
    if (now - this.#heard > SILENCE || now - waiting > ACK) this.#hangUp()
    else if (this.#live && now - this.#heard > PING) this.send({ t: 'ping' })
  }

  /** A dead connection may take minutes to tell; do not wait for its close event. */
  #hangUp(): void {
    const socket = this.#socket
    this.#socket = null
    if (!this.#live) this.#misses++
    this.#live = false
    socket?.close()
    this.#lost()
  }

  #pollSoon(wait: number): void {
    clearTimeout(this.#polling)
    this.#polling = setTimeout(() => void this.#poll(), wait)
  }

  async #poll(): Promise<void> {
    try {
      const polled = await this.#ports.poll(this.#after)
      if (this.#live || this.#stopped) return
      const wasOffline = this.#state === 'offline'
      this.#attempt = 0
      this.#set('polling')
      for (const message of polled.messages) this.#take({ t: 'msg', ...message })
      this.#take({ t: 'hello', seq: polled.seq, online: polled.online })
      if (polled.read) this.#take({ t: 'read', seq: polled.read })
      await this.#post()
      if (this.#live || this.#stopped) return
      if (wasOffline && !this.#socket) this.#connect()
      this.#pollSoon(this.#ports.hidden() ? POLL_HIDDEN : POLL)
    } catch (error) {
      if (this.#live || this.#stopped) return
      if (error instanceof Refused && error.status === 401) return this.#refused()
      this.#set('offline')
      this.#pollSoon(delay(this.#attempt++, this.#ports.random))
    }
  }

  /** One draft after the other, so that they arrive in the order in which they were written. */
  async #post(): Promise<void> {
    if (this.#flushing) return
    this.#flushing = true
    try {
      for (const draft of this.#ports.outbox()) {
        const frame = await this.#ports
          .post(draft)
          .then((ack): ServerFrame => ({ t: 'ack', ...ack }))
          .catch((error: unknown): ServerFrame => {
            if (!(error instanceof Refused) || !FINAL.has(error.status)) throw error
            return { t: 'error', code: error.code, client_id: draft.client_id, detail: '' }
          })
        this.#take(frame)
      }
    } finally {
      this.#flushing = false
    }
  }
}
