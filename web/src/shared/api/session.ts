import { queryOptions } from '@tanstack/react-query'
import { api, Unreachable } from './client'
import type { Credentials, Me, MeChange, PresenceState } from './types'

/** A browser's session always has a person behind it. */
function person(answer: Awaited<ReturnType<typeof readMe>>): Me {
  const { agent, presence } = answer
  if (!agent || !presence) throw new Unreachable()
  return { ...answer, agent, presence }
}
const readMe = (signal?: AbortSignal) => api.get('/auth/me', { signal })

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => person(await readMe(signal)),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})

export type { Credentials }
export const signIn = async (credentials: Credentials) =>
  person(await api.post('/auth/login', { body: credentials }))
export const signOut = () => api.post('/auth/logout')
export const setPresence = (state: PresenceState) => api.put('/presence', { body: { state } })
export const updateMe = async (change: MeChange) =>
  person(await api.patch('/auth/me', { body: change }))
