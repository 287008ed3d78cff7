/** Joins host, desk and screen. The screen only shows the store and calls what stands here. */
import { looksLikeEmail } from '../core/format'
import { Link } from '../core/link'
import { type Outbox, openOutbox } from '../core/outbox'
import * as timeline from '../core/timeline'
import { uid } from '../core/uid'
import { type Api, type Profile, Refused, type ServerFrame, type Session } from '../core/wire'
import type { Identity, Page } from '../shared/protocol'
import { type Host, joinHost, type Start } from './host'
import { cardFor, type Store, viewFor } from './state'
import { speak } from './strings'
import { Uploads } from './uploads'

const TYPING_AGAIN = 3_000
const TYPING_ENDS = 6_000

export class Controller {
  readonly #api: Api
  readonly #store: Store
  readonly #host: Host
  readonly #uploads: Uploads
  #outbox: Outbox | null = null
  #link: Link | null = null
  #visitor: string | null = null
  #identity: Identity | null = null
  #page: Page = { url: '', title: '' }
  #joining: Promise<void> | null = null
  #typingSent = 0
  #typingTimer: ReturnType<typeof setTimeout> | undefined

  constructor(api: Api, store: Store, at: { key: string; parent: string | null }) {
    this.#api = api
    this.#store = store
    this.#uploads = new Uploads(api, store, {
      visitor: () => this.#joined(),
      send: (draft) => this.#post(draft),
    })
    this.#host = joinHost(at.key, at.parent, {
      start: (start) => void this.#start(start),
      open: () => this.#shown(true),
      close: () => this.#shown(false),
      identify: (identity) => void this.#identify(identity),
    })
    addEventListener('online', () => this.#link?.wake())
    document.addEventListener('visibilitychange', () => this.#seen())
  }

  get embedded(): boolean {
    return this.#host.embedded
  }

  async #start(start: Start): Promise<void> {
    const { store } = start
    this.#visitor = store.visitor ?? null
    this.#identity = start.identity
    this.#page = start.page
    this.#outbox = openOutbox(this.#host, store)
    this.#store.set({
      seen: store.seen_seq ?? '0',
      email: store.email ?? null,
      open: start.open,
    })
    const config = await this.#api.config().catch(() => null)
    const words = await speak(start.locale ?? config?.locale ?? navigator.language)
    this.#store.set(words)
    if (!config) {
      this.#store.set({ view: 'unavailable' })
      return
    }
    this.#store.set({ config, online: config.online })
    this.#host.config(config)
    // The host page shows only what was written on purpose; an open chat never begins empty.
    config.greeting ||= words.t.hello
    // Who never wrote gets no session before the chat is opened: no empty rows for page views.
    if (this.#visitor || this.#identity || start.open) await this.join()
    else this.#store.set({ view: viewFor(this.#config(), null, { messages: false }) })
  }

  #config() {
    const { config } = this.#store.get()
    if (!config) throw new Error('config is read first')
    return config
  }

  /** One session at a time, however many reasons there are to want one. */
  join(profile?: Profile): Promise<void> {
    this.#joining ??= this.#join(profile).finally(() => {
      this.#joining = null
    })
    return this.#joining
  }

  async #join(profile?: Profile): Promise<void> {
    const { config, locale } = this.#store.get()
    if (!config) return
    try {
      const session = await this.#api.session({
        ...(this.#visitor ? { visitor: this.#visitor } : {}),
        ...(this.#identity ? { identity: this.#identity } : {}),
        ...(profile ? { profile } : {}),
        page: this.#page,
        locale,
      })
      this.#enter(session)
    } catch (error) {
      const code = error instanceof Refused ? error.code : ''
      if (code === 'visitor_token_invalid' && this.#visitor) {
        this.#forget()
        return this.#join(profile)
      }
      if (code.startsWith('identity')) this.#store.set({ view: 'sign-in' })
      else if (!this.#link) this.#store.set({ view: 'unavailable' })
    }
  }

  #forget(): void {
    this.#visitor = null
    this.#host.set('visitor', null)
  }

  #enter(session: Session): void {
    if (this.#visitor !== session.visitor) {
      this.#visitor = session.visitor
      this.#host.set('visitor', session.visitor)
    }
    const outbox = this.#outbox?.all() ?? []
    let items = timeline.receive(this.#store.get().items, session.messages)
    for (const draft of outbox) items = timeline.add(items, draft)
    if (session.read) items = timeline.readUpTo(items, session.read)
    const view = viewFor(this.#config(), session.contact, { messages: items.length > 0 })
    this.#store.set({ items, contact: session.contact, view })
    this.#dial(session.seq)
    this.#after()
  }

  #dial(after: string): void {
    this.#link?.stop()
    const visitor = () => this.#visitor ?? ''
    this.#link = new Link(
      {
        socketUrl: (seq) => this.#api.socket(visitor(), seq),
        poll: (seq) => this.#api.poll(visitor(), seq),
        post: (draft) => this.#api.post(visitor(), draft),
        outbox: () => this.#outbox?.all() ?? [],
        onFrame: (frame) => this.#take(frame),
        onState: (link) => this.#store.set({ link }),
        onRefused: () => {
          this.#forget()
          void this.join()
        },
        random: Math.random,
        hidden: () => document.hidden || !this.#store.get().open,
      },
      after,
    )
  }

  async #identify(identity: Identity): Promise<void> {
    this.#identity = identity
    await this.#joining
    // A desk may know this person under another conversation: what is shown starts anew.
    this.#store.set({ items: [] })
    await this.join()
  }

  async #joined(): Promise<string | null> {
    if (!this.#visitor) await this.join()
    return this.#visitor
  }

  #take(frame: ServerFrame): void {
    const { items } = this.#store.get()
    switch (frame.t) {
      case 'hello':
        this.#store.set({ online: frame.online })
        break
      case 'msg':
        if (frame.client_id) this.#outbox?.remove(frame.client_id)
        this.#store.set({ items: timeline.receive(items, [frame]), typing: null, closed: false })
        this.#after()
        break
      case 'ack':
        this.#outbox?.remove(frame.client_id)
        this.#store.set({ items: timeline.acknowledge(items, frame), closed: false })
        this.#after()
        break
      case 'read':
        this.#store.set({ items: timeline.readUpTo(items, frame.seq) })
        break
      case 'typing':
        this.#showTyping(frame.on ? frame.name : null)
        break
      case 'state':
        this.#store.set({ closed: frame.status === 'closed' })
        break
      case 'error':
        this.#failed(frame)
        break
      case 'pong':
        break
    }
  }

  #showTyping(typing: string | null): void {
    clearTimeout(this.#typingTimer)
    this.#store.set({ typing })
    if (typing) this.#typingTimer = setTimeout(() => this.#store.set({ typing: null }), TYPING_ENDS)
  }

  #failed(frame: { code: string; client_id?: string | null }): void {
    if (frame.code === 'too_many') {
      this.#store.set({ notice: { kind: 'too-many' } })
      setTimeout(() => {
        this.#store.set({ notice: null })
        this.#link?.flush()
      }, 3_000)
      return
    }
    if (!frame.client_id) return
    this.#outbox?.remove(frame.client_id)
    this.#store.set({ items: timeline.mark(this.#store.get().items, frame.client_id, 'failed') })
  }

  /** What follows from a changed list: the e-mail question, read marks, the badge. */
  #after(): void {
    this.#store.set({ emailCard: cardFor(this.#store.get()) })
    this.#seen()
  }

  #seen(): void {
    const { items, open, seen, config } = this.#store.get()
    const last = timeline.lastSeq(items)
    if (open && !document.hidden && last !== null && timeline.compareSeq(last, seen) > 0) {
      this.#store.set({ seen: last })
      this.#host.set('seen_seq', last)
      this.#link?.send({ t: 'read', seq: last })
    }
    if (!config) return
    const waiting = timeline.unread(items, this.#store.get().seen)
    this.#host.unread(waiting.length, waiting.at(-1)?.text.slice(0, 140) || null)
  }

  #shown(open: boolean): void {
    this.#store.set({ open })
    if (!open) return
    this.#link?.wake()
    if (!this.#link && this.#store.get().config) void this.join()
    this.#seen()
  }

  // ------------------------------------------------------------------ what the screen may do

  say(text: string): void {
    const words = text.trim()
    if (!words) return
    this.#typingSent = 0
    this.hint(words)
    const draft = { client_id: uid(), text: words, files: [], at: new Date().toISOString() }
    this.#store.set({ items: timeline.add(this.#store.get().items, draft), notice: null })
    this.#post(draft)
  }

  #post(draft: timeline.Draft): void {
    this.#outbox?.put(draft)
    this.#after()
    if (this.#link) this.#link.flush()
    else void this.join()
  }

  files(list: Iterable<File>): void {
    for (const file of list) void this.#uploads.start(file)
  }

  retry(item: timeline.Item): void {
    if (this.#uploads.retry(item.key)) return
    this.#store.set({ items: timeline.mark(this.#store.get().items, item.key, 'pending') })
    this.#post({ client_id: item.key, text: item.text, files: item.files, at: item.at })
  }

  discard(item: timeline.Item): void {
    this.#uploads.discard(item.key)
    this.#outbox?.remove(item.key)
    this.#store.set({ items: timeline.drop(this.#store.get().items, item.key) })
  }

  typing(on: boolean): void {
    const now = Date.now()
    if (on ? now - this.#typingSent < TYPING_AGAIN : this.#typingSent === 0) return
    this.#typingSent = on ? now : 0
    this.#link?.send({ t: 'typing', on })
  }

  /** What is being written: articles may answer it before a person does. */
  hint(text: string): void {
    if (this.#config().articles)
      void import('./articles').then(({ hint }) =>
        hint(text, { api: this.#api, store: this.#store, visitor: this.#visitor, chat: this }),
      )
  }

  email(address: string): boolean {
    const email = address.trim()
    if (!looksLikeEmail(email)) return false
    this.#host.set('email', email)
    this.#store.set({ email, emailCard: 'saved' })
    if (!this.#link?.send({ t: 'email', address: email })) void this.join({ email })
    return true
  }

  noEmail(): void {
    this.#host.set('email', '')
    this.#store.set({ emailCard: 'saved' })
  }

  /** The form before the chat; what was left empty on purpose is not asked again. */
  async introduce(profile: Profile): Promise<void> {
    await this.join(profile)
    if (this.#visitor) this.#store.set({ view: 'chat' })
  }

  close(): void {
    this.#host.close()
  }
}
