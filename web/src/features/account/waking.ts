import { addDevice, type PushState, removeDevice } from '@/shared/api/push'
import { subscriptionHere } from '@/shared/offline/push'

export type Ability = 'insecure' | 'unsupported' | 'install' | 'denied' | 'ready'

interface Surroundings {
  secure: boolean
  supported: boolean
  /** Apple wakes only apps on the home screen. */
  apple: boolean
  installed: boolean
  permission: NotificationPermission
}

/** Whether this browser can be woken, and if not, what stands in the way. */
export function abilityOf(around: Surroundings): Ability {
  if (!around.secure) return 'insecure'
  if (around.apple && !around.installed) return 'install'
  if (!around.supported) return 'unsupported'
  return around.permission === 'denied' ? 'denied' : 'ready'
}

export function surroundings(): Surroundings {
  const touchMac = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1
  return {
    secure: window.isSecureContext,
    supported: 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window,
    apple: /iPhone|iPad|iPod/.test(navigator.userAgent) || touchMac,
    installed: window.matchMedia('(display-mode: standalone)').matches,
    permission: 'Notification' in window ? Notification.permission : 'default',
  }
}

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) =>
    letter.charCodeAt(0),
  )

/** Whether a subscription was made with the key that this installation has now. */
export function isMadeWith(key: ArrayBuffer | null | undefined, wanted: string): boolean {
  if (!key) return false
  const mine = new Uint8Array(key)
  const theirs = bytesOf(wanted)
  return mine.length === theirs.length && mine.every((byte, at) => byte === theirs[at])
}

/** Asks for leave, subscribes, and tells the server. False when leave was not given. */
export async function wakeHere(state: PushState): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  const { pushManager } = await navigator.serviceWorker.ready
  let subscription = await pushManager.getSubscription()
  if (subscription && !isMadeWith(subscription.options.applicationServerKey, state.public_key)) {
    await subscription.unsubscribe()
    subscription = null
  }
  subscription ??= await pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(state.public_key),
  })
  const { endpoint, keys } = subscription.toJSON()
  await addDevice({
    endpoint: endpoint ?? '',
    keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' },
  })
  return true
}

/** Ends it on both sides. */
export async function letSleep(state: PushState) {
  await (await subscriptionHere())?.unsubscribe()
  await Promise.all(
    state.devices.filter(({ current }) => current).map(({ id }) => removeDevice(id)),
  )
}
