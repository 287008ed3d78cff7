import * as timeline from '../core/timeline'
import { uid } from '../core/uid'
import { type Api, Refused } from '../core/wire'
import type { Store } from './state'

interface Ports {
  visitor(): Promise<string | null>
  send(draft: timeline.Draft): void
}

/** Files go up first and are then sent as a message of their own, so that text never waits. */
export class Uploads {
  readonly #api: Api
  readonly #store: Store
  readonly #ports: Ports
  readonly #files = new Map<string, File>()

  constructor(api: Api, store: Store, ports: Ports) {
    this.#api = api
    this.#store = store
    this.#ports = ports
  }

  async start(file: File): Promise<void> {
    const limit = this.#store.get().config?.max_file_bytes ?? 0
    if (file.size > limit) {
      this.#store.set({ notice: { kind: 'too-large', name: file.name } })
      return
    }
    const draft = { client_id: uid(), text: '', files: [], at: new Date().toISOString() }
    this.#files.set(draft.client_id, file)
    const upload = { name: file.name, size: file.size, done: 0 }
    this.#store.set({ items: timeline.add(this.#store.get().items, draft, upload), notice: null })
    await this.#run(draft, file)
  }

  async #run(draft: timeline.Draft, file: File): Promise<void> {
    const { client_id } = draft
    const show = (done: number) => {
      const upload = { name: file.name, size: file.size, done }
      this.#store.set({ items: timeline.progress(this.#store.get().items, client_id, upload) })
    }
    try {
      const visitor = await this.#ports.visitor()
      if (!visitor) throw new Refused(0, 'unreachable')
      const ref = await this.#api.upload(visitor, file, show)
      if (!this.#files.delete(client_id)) return
      const items = timeline
        .progress(this.#store.get().items, client_id, null)
        .map((item) => (item.key === client_id ? { ...item, files: [ref] } : item))
      this.#store.set({ items })
      this.#ports.send({ ...draft, files: [ref] })
    } catch (error) {
      const tooLarge = error instanceof Refused && error.status === 413
      const notice = tooLarge ? { notice: { kind: 'too-large' as const, name: file.name } } : {}
      const items = timeline.mark(this.#store.get().items, client_id, 'failed')
      this.#store.set({ items, ...notice })
    }
  }

  /** True when the message was still an upload. */
  retry(clientId: string): boolean {
    const file = this.#files.get(clientId)
    const item = this.#store.get().items.find((i) => i.key === clientId)
    if (!file || !item) return false
    this.#store.set({ items: timeline.mark(this.#store.get().items, clientId, 'pending') })
    void this.#run({ client_id: clientId, text: '', files: [], at: item.at }, file)
    return true
  }

  discard(clientId: string): void {
    this.#files.delete(clientId)
  }
}
