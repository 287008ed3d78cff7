import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Me, PresenceState } from './types'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get<Me>('/auth/me', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})

export interface Credentials {
  email: string
  password: string
  code?: string
  workspace?: string
}
export const signIn = (credentials: Credentials) => api.post<Me>('/auth/login', credentials)
export const signOut = () => api.post<void>('/auth/logout')
export const setPresence = (state: PresenceState) => api.put<unknown>('/presence', { state })
export const updateMe = (change: Partial<Me['agent']>) => api.patch<Me>('/auth/me', change)
