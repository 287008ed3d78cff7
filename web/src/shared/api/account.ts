import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Id } from './types'

export type { Session } from './types'

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await api.get('/auth/sessions', { signal })).items,
  staleTime: 0,
})
export const endSession = (id: Id) =>
  api.delete('/auth/sessions/{session_id}', { path: { session_id: id } })
export const endOtherSessions = () => api.delete('/auth/sessions')
export const changePassword = (current: string, next: string) =>
  api.post('/auth/password', { body: { current, new: next } })
export const startTotp = () => api.post('/auth/totp')
export const confirmTotp = (code: string) => api.post('/auth/totp/confirm', { body: { code } })
export const disableTotp = (password: string) =>
  api.post('/auth/totp/disable', { body: { password } })
