import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Answer, Body } from './typed'
import type { Id } from './types'

export type Portal = Answer<'get', '/portals'>['items'][number]
export type PortalChange = Body<'put', '/portals/{brand_id}'>

export const portalsQuery = queryOptions({
  queryKey: ['portals'],
  queryFn: async ({ signal }) => (await api.get('/portals', { signal })).items,
})
const of = (brand: Id) => ({ path: { brand_id: brand } })
export const changePortal = (brand: Id, body: PortalChange) =>
  api.put('/portals/{brand_id}', { ...of(brand), body })
export const newPortalSecret = (brand: Id) => api.post('/portals/{brand_id}/sso-secret', of(brand))
export const endPortalSecret = (brand: Id) =>
  api.delete('/portals/{brand_id}/sso-secret', of(brand))
