import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Id, Page, Time } from './types'

export interface Session {
  id: Id
  created_at: Time
  last_seen_at: Time
  ip: string
  user_agent: string
  current: boolean
}
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await api.get<Page<Session>>('/auth/sessions', {}, signal)).items,
  staleTime: 0,
})
export const endSession = (id: Id) => api.delete<void>(`/auth/sessions/${id}`)
export const endOtherSessions = () => api.delete<void>('/auth/sessions')
export const changePassword = (current: string, next: string) =>
  api.post<void>('/auth/password', { current, new: next })
export const startTotp = () => api.post<{ secret: string; uri: string }>('/auth/totp')
export const confirmTotp = (code: string) =>
  api.post<{ recovery_codes: string[] }>('/auth/totp/confirm', { code })
export const disableTotp = (password: string) => api.post<void>('/auth/totp/disable', { password })
