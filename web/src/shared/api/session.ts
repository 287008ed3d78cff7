import { queryOptions } from '@tanstack/react-query'
import { claim, orKept } from '../offline'
import { api, Unreachable } from './client'
import type { Credentials, Me, MeChange, PresenceState } from './types'

/** A browser's session always has a person behind it. */
function person(answer: Awaited<ReturnType<typeof readMe>>): Me {
  const { agent, presence } = answer
  if (!agent || !presence) throw new Unreachable()
  return { ...answer, agent, presence }
}
const readMe = (signal?: AbortSignal) => api.get('/auth/me', { signal })

/** What is kept on this device is theirs from now on. */
function sits(me: Me): Me {
  void claim(`${me.workspace.id}.${me.agent.id}`)
  return me
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) =>
    sits(await orKept(['me'], async () => person(await readMe(signal)))),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})

export type { Credentials }
export async function signIn(credentials: Credentials) {
  const me = person(await api.post('/auth/login', { body: credentials }))
  leaving.clear()
  return sits(me)
}

/** Who signs out without a line has left all the same: the server hears of it with the next one. */
export async function signOut() {
  leaving.set()
  await finishSignOut()
}

/** Answers whether somebody has left and the server does not know it yet. */
export async function finishSignOut(): Promise<boolean> {
  if (!leaving.is()) return false
  try {
    await api.post('/auth/logout')
  } catch (error) {
    if (error instanceof Unreachable) return true
  }
  leaving.clear()
  return false
}

const leavingKey = 'yizhan.leaving'
const leaving = {
  is: () => localStorage.getItem(leavingKey) !== null,
  set: () => localStorage.setItem(leavingKey, '1'),
  clear: () => localStorage.removeItem(leavingKey),
}
export const setPresence = (state: PresenceState) => api.put('/presence', { body: { state } })
export const updateMe = async (change: MeChange) =>
  person(await api.patch('/auth/me', { body: change }))
