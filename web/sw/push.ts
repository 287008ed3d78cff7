/** Being woken: a notification for whoever sits before this device, and for nobody else. */
import { readOne } from '../src/shared/offline/db'

declare const self: ServiceWorkerGlobalScope

interface Said {
  agent: string
  title: string
  body: string
  tag: string
  path: string
  unread?: number
}

const icon = '/icons/192.png'
const badge = '/icons/badge.png'

async function windows() {
  return self.clients.matchAll({ type: 'window', includeUncontrolled: true })
}

/** Apple takes the permission away from a push that shows nothing. */
const mayBeSilent = !/AppleWebKit(?!.*Chrome)/.test(self.navigator.userAgent)

async function show(said: Said | undefined) {
  const sits = await readOne<string>('meta', 'owner').catch(() => undefined)
  if (!said || said.agent !== sits) {
    // Meant for who sat here before: it is shut off, and says nothing.
    const subscription = await self.registration.pushManager.getSubscription()
    await subscription?.unsubscribe()
    return self.registration.showNotification('驿站 Yizhan', { icon, badge, tag: 'nobody' })
  }
  if (said.unread !== undefined) await self.navigator.setAppBadge?.(said.unread).catch(() => null)
  if (mayBeSilent && (await windows()).some((window) => window.focused)) return
  return self.registration.showNotification(said.title, {
    body: said.body,
    tag: said.tag,
    icon,
    badge,
    data: { path: said.path },
  })
}

async function open(path: string) {
  const [first] = await windows()
  if (!first) return self.clients.openWindow(path)
  // The page goes there itself, so that nothing which is being written is lost.
  first.postMessage({ kind: 'open', path })
  return first.focus()
}

/** The browser changed this device's address: the server learns the new one. */
async function renew(options: PushSubscriptionOptionsInit) {
  const subscription = await self.registration.pushManager.subscribe(options)
  await fetch('/api/v1/push/devices', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Yizhan': '1' },
    credentials: 'same-origin',
    body: JSON.stringify(subscription),
  })
}

interface Changed extends ExtendableEvent {
  oldSubscription?: PushSubscription | null
}

export function beWoken() {
  self.addEventListener('push', (event) => {
    event.waitUntil(show(event.data?.json() as Said | undefined))
  })
  self.addEventListener('notificationclick', (event) => {
    event.notification.close()
    const { path } = (event.notification.data ?? {}) as { path?: string }
    // Only a place of this app, whatever a push may say.
    event.waitUntil(open(path?.startsWith('/') && !path.startsWith('//') ? path : '/inbox'))
  })
  self.addEventListener('pushsubscriptionchange', (event) => {
    const { oldSubscription } = event as Changed
    const key = oldSubscription?.options.applicationServerKey
    if (!key) return
    ;(event as Changed).waitUntil(renew({ userVisibleOnly: true, applicationServerKey: key }))
  })
}
