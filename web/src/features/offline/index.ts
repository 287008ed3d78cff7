import { lazy } from 'react'
import { needWords } from '@/shared/i18n'

/** What of a ticket waits on this device: loaded where something does. */
export const WaitingStrip = lazy(async () => {
  const [module] = await Promise.all([import('./WaitingStrip'), needWords('offline')])
  return { default: module.WaitingStrip }
})
export { OfflineBanner, useOfflineWords } from './OfflineBanner'
export { useOffline } from './useOffline'
