/** What crosses the border between the host page (loader) and the frame. */

export const VERSION = 1

export interface Field {
  name: 'name' | 'email'
  required: boolean
}

/** The desk works out the colours, so that text stays readable whatever colour was picked. */
export interface Brand {
  name: string
  color: string
  /** Text on `color`. */
  on: string
  /** `color`, moved until it reads on a light and on a dark page. */
  light: string
  dark: string
  logo: string | null
}

export interface Config {
  name: string
  brand: Brand
  greeting: string
  /** Seconds after which the greeting shows by itself; null: only inside the open chat. */
  proactive_seconds: number | null
  locale: string | null
  position: 'right' | 'left'
  pre_chat: Field[]
  offline: string
  require_identity: boolean
  email_continuation: boolean
  max_file_bytes: number
  online: boolean
  /** Articles are offered while the visitor writes. */
  articles?: boolean
}

export type Identity =
  | { jwt: string }
  | { user_id: string; user_hash: string; email?: string; name?: string }

export interface Page {
  url: string
  title: string
}

export type ToFrame =
  | {
      t: 'init'
      open: boolean
      store: Record<string, string>
      page: Page
      locale: string | null
      identity: Identity | null
    }
  | { t: 'open' }
  | { t: 'close' }
  | { t: 'identify'; identity: Identity }

export type ToHost =
  | { t: 'ready' }
  | { t: 'config'; config: Config }
  | { t: 'set'; name: string; value: string | null }
  | { t: 'unread'; count: number; text: string | null }
  | { t: 'close' }

export type Envelope<T> = T & { yz: typeof VERSION; key: string }

export function seal<T extends object>(key: string, message: T): Envelope<T> {
  return { ...message, yz: VERSION, key }
}

interface Incoming {
  data: unknown
  origin: string
  source: unknown
}

/** The message, if it comes from the window, the origin and the version that we talk to. */
export function unseal<T extends { t: string }>(
  event: Incoming,
  from: { source: unknown; origin: string; key: string },
): T | null {
  if (!from.source || event.source !== from.source || event.origin !== from.origin) return null
  const data = event.data as Partial<Envelope<T>> | null
  if (typeof data !== 'object' || data?.yz !== VERSION || data.key !== from.key) return null
  return typeof data.t === 'string' ? (data as Envelope<T>) : null
}
