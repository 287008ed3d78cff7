/** Where the frame lives: inside a host page (through the loader), or alone as a page of its own. */
import { openVault } from '../loader/vault'
import {
  type Config,
  type Identity,
  type Page,
  seal,
  type ToFrame,
  type ToHost,
  unseal,
} from '../shared/protocol'

export interface Start {
  open: boolean
  store: Record<string, string>
  page: Page
  locale: string | null
  identity: Identity | null
}

export interface HostEvents {
  start(start: Start): void
  open(): void
  close(): void
  identify(identity: Identity): void
}

export interface Host {
  embedded: boolean
  set(name: string, value: string | null): void
  config(config: Config): void
  unread(count: number, text: string | null): void
  close(): void
}

export function joinHost(key: string, parent: string | null, on: HostEvents): Host {
  return parent && window.parent !== window ? embedded(key, parent, on) : alone(key, on)
}

function embedded(key: string, origin: string, on: HostEvents): Host {
  const tell = (message: ToHost) => window.parent.postMessage(seal(key, message), origin)
  addEventListener('message', (event) => {
    const message = unseal<ToFrame>(event, { source: window.parent, origin, key })
    if (!message) return
    if (message.t === 'init') on.start(message)
    else if (message.t === 'open') on.open()
    else if (message.t === 'close') on.close()
    else on.identify(message.identity)
  })
  tell({ t: 'ready' })
  return {
    embedded: true,
    set: (name, value) => tell({ t: 'set', name, value }),
    config: (config) => tell({ t: 'config', config }),
    unread: (count, text) => tell({ t: 'unread', count, text }),
    close: () => tell({ t: 'close' }),
  }
}

function alone(key: string, on: HostEvents): Host {
  const vault = openVault(`yz:${key}:`, () => localStorage)
  const query = new URLSearchParams(location.search)
  const jwt = new URLSearchParams(location.hash.slice(1)).get('jwt')
  // A token in the address must not stay in the history of the device.
  if (jwt) history.replaceState(null, '', location.pathname + location.search)
  queueMicrotask(() =>
    on.start({
      open: true,
      store: vault.all(),
      page: { url: document.referrer, title: '' },
      locale: query.get('locale'),
      identity: jwt ? { jwt } : null,
    }),
  )
  return {
    embedded: false,
    set: (name, value) => vault.set(name, value),
    config: () => undefined,
    unread: () => undefined,
    close: () => undefined,
  }
}
