import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Id, PushChange, PushGiven } from './types'

export type { PushChange, PushDevice, PushState } from './types'

export const pushQuery = queryOptions({
  queryKey: ['push'],
  queryFn: ({ signal }) => api.get('/push', { signal }),
  staleTime: 0,
})
export const changePush = (change: PushChange) => api.patch('/push', { body: change })
export const addDevice = (subscription: PushGiven) =>
  api.post('/push/devices', { body: subscription })
export const removeDevice = (id: Id) =>
  api.delete('/push/devices/{device_id}', { path: { device_id: id } })
export const testDevice = (id: Id) =>
  api.post('/push/devices/{device_id}/test', { path: { device_id: id } })
