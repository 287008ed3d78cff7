/**
 * The script in the customer's page. It draws the launcher, keeps what must survive a reload, and
 * loads the frame only when it is needed: at the first touch, or for a visitor who chatted before.
 */
import type { Config, Identity, ToFrame, ToHost } from '../shared/protocol'
import { seal, unseal } from '../shared/protocol'
import { buildLauncher, type Launcher } from './launcher'
import { openVault, type Vault } from './vault'

type Listener = (value: unknown) => void
type Yz = ((...args: unknown[]) => void) & { q?: ArrayLike<unknown>[]; v?: number }
interface Boot {
  key?: string
  locale?: string
}
declare global {
  interface Window {
    yz?: Yz
  }
}

const DAY = 86_400_000

// One chat a page: its state is the state of this module.
let base = ''
let key = ''
let wantedLocale: string | null = null
let who: Identity | null = null
let vault: Vault | null = null
let launcher: Launcher | null = null
let frame: HTMLIFrameElement | null = null
let config: Config | null = null
let hintTimer = 0
let ready = false
let isOpen = false
let focusBefore: Element | null = null
const listeners = new Map<string, Set<Listener>>()

const page = () => ({ url: location.href, title: document.title })

function emit(name: string, value?: unknown): void {
  for (const listener of listeners.get(name) ?? []) {
    try {
      listener(value)
    } catch (error) {
      console.error(error)
    }
  }
}

function tell(message: ToFrame): void {
  if (ready) frame?.contentWindow?.postMessage(seal(key, message), new URL(base).origin)
}

const address = (what: string) =>
  `${base}/chat/${encodeURIComponent(key)}/${what}?parent=${encodeURIComponent(location.origin)}`

function load(): void {
  if (launcher) frame ??= launcher.frame(address('frame'))
}

function configure(found: Config): void {
  if (config) return
  config = found
  const { greeting, proactive_seconds: after, locale } = found
  launcher?.show(found, wantedLocale ?? locale ?? navigator.language)
  emit('ready')
  const seen = Number(vault?.all().seen ?? 0)
  if (after === null || !greeting || Date.now() - seen < DAY) return
  hintTimer = window.setTimeout(() => launcher?.hint(greeting), after * 1000)
}

async function fetchConfig(): Promise<void> {
  try {
    const answer = await fetch(address('config'), { credentials: 'omit' })
    if (answer.ok) configure((await answer.json()) as Config)
  } catch {
    // A page whose policy forbids the request still gets the config from the frame.
    load()
  }
}

function boot(options: Boot): void {
  if (!options.key || key) return
  key = options.key
  wantedLocale = options.locale ?? null
  vault = openVault(`yz:${key}:`, () => localStorage)
  launcher = buildLauncher({
    toggle: () => (isOpen ? close() : open()),
    near: load,
    dismiss: () => vault?.set('seen', String(Date.now())),
  })
  // Someone who chatted before may have an answer waiting: the frame tells how many.
  if (vault.all().visitor || who) load()
  void fetchConfig()
}

function identify(identity: Identity): void {
  who = identity
  tell({ t: 'identify', identity })
  load()
}

function open(): void {
  if (!launcher || isOpen) return
  isOpen = true
  focusBefore = document.activeElement
  clearTimeout(hintTimer)
  load()
  launcher.toggle(true)
  frame?.focus()
  tell({ t: 'open' })
  emit('open')
}

function close(): void {
  if (!isOpen) return
  isOpen = false
  launcher?.toggle(false)
  tell({ t: 'close' })
  const back = focusBefore
  if (back instanceof HTMLElement && back !== document.body && back.isConnected) back.focus()
  else launcher?.focus()
  emit('close')
}

/** Signing out: nothing of this visitor may be left for the next person at this computer. */
function shutdown(): void {
  close()
  vault?.clear()
  who = frame = null
  ready = false
  launcher?.dropFrame()
  unread(0, null)
}

function unread(count: number, text: string | null): void {
  launcher?.unread(count)
  launcher?.hint(count ? text : null)
  emit('unread', count)
}

function heard(event: MessageEvent): void {
  const from = { source: frame?.contentWindow, origin: new URL(base).origin, key }
  const message = unseal<ToHost>(event, from)
  if (!message) return
  if (message.t === 'ready') {
    ready = true
    const store = vault?.all() ?? {}
    tell({ t: 'init', open: isOpen, store, page: page(), locale: wantedLocale, identity: who })
  } else if (message.t === 'config') configure(message.config)
  else if (message.t === 'set') vault?.set(message.name, message.value)
  else if (message.t === 'unread') unread(message.count, message.text)
  else close()
}

function start(): void {
  const script = document.currentScript as HTMLScriptElement | null
  const before = window.yz
  if (!script || before?.v) return
  base = script.src.replace(/\/widget\/loader\.js.*$/, '')
  addEventListener('message', heard)
  const commands: Record<string, (a: never, b: never) => void> = {
    boot: (options: Boot) => boot({ ...script.dataset, ...options }),
    identify,
    open,
    close,
    shutdown,
    on: (name: string, listener: Listener) =>
      listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
    off: (name: string, listener: Listener) => listeners.get(name)?.delete(listener),
  }
  const yz: Yz = (...[name, a, b]) => commands[String(name)]?.(a as never, b as never)
  yz.v = 1
  window.yz = yz
  for (const call of before?.q ?? []) yz(...Array.from(call))
  boot({ ...script.dataset })
}

start()
