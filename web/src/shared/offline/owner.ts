import { create } from 'zustand'
import { readOne, remove, removeWhere, write } from './db'

/** Who sits before this device: `workspace.agent`. Nothing is kept for nobody. */
interface Sitting {
  owner: string | null
}
export const useSitting = create<Sitting>(() => ({ owner: null }))

const mark = 'yizhan.owner'
const draft = 'yizhan.draft.'
/** Also read by the service worker. */
export const ownerKey = 'owner'

type Said = { kind: 'came' | 'left'; owner: string | null }
let channel: BroadcastChannel | undefined
function others(): BroadcastChannel | undefined {
  if (typeof BroadcastChannel !== 'undefined') channel ??= new BroadcastChannel('yizhan')
  return channel
}

const quietly = (work: Promise<unknown>) => work.catch(() => undefined)

/** Somebody is signed in. What another person left on this device is let go of first. */
export async function claim(owner: string): Promise<void> {
  if (useSitting.getState().owner === owner) return
  const before = remembered()
  if (before !== owner) {
    await quietly(wipeKept(owner))
    if (before) forgetDrafts()
    remember(owner)
  }
  await quietly(write('meta', owner, ownerKey))
  useSitting.setState({ owner })
  others()?.postMessage({ kind: 'came', owner } satisfies Said)
}

/** The session is over: what was kept for reading goes; what was not sent waits for its writer. */
export async function leave({ wholly = false } = {}): Promise<void> {
  const { owner } = useSitting.getState()
  useSitting.setState({ owner: null })
  await quietly(wipeKept(null))
  await quietly(remove('meta', ownerKey))
  if (wholly) {
    forgetDrafts()
    remember(null)
    await quietly(removeWhere<{ owner: string }>('outbox', (row) => row.owner === owner))
    others()?.postMessage({ kind: 'left', owner } satisfies Said)
  }
}

/** Tells of another window of this browser in which somebody signed out, or in as somebody else. */
export function whenReplaced(react: () => void): () => void {
  const hear = ({ data }: MessageEvent<Said>) => {
    const mine = useSitting.getState().owner
    if (!mine || (data.kind === 'came' && data.owner === mine)) return
    useSitting.setState({ owner: null })
    react()
  }
  others()?.addEventListener('message', hear)
  return () => others()?.removeEventListener('message', hear)
}

export const sitting = () => readOne<string>('meta', ownerKey)

const wipeKept = (but: string | null) =>
  removeWhere<{ owner: string }>('kept', (row) => row.owner !== but)

function remembered(): string | null {
  try {
    return localStorage.getItem(mark)
  } catch {
    return null
  }
}

function remember(owner: string | null) {
  try {
    if (owner) localStorage.setItem(mark, owner)
    else localStorage.removeItem(mark)
  } catch {
    // Then this device asks again, and lets go of more than it had to.
  }
}

function forgetDrafts() {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at))
    for (const key of keys) if (key?.startsWith(draft)) localStorage.removeItem(key)
  } catch {
    // Nothing was stored then.
  }
}
