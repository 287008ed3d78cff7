import { useBuild } from '@/shared/version'
import { router } from './router'

/** The service worker keeps the app and wakes it. Without one everything else works all the same. */
export function startWorker() {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const begin = async () => {
    const worker = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
    useBuild.subscribe(({ newer }) => {
      if (newer) void worker.update().catch(() => undefined)
    })
  }
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data?.kind === 'open' && typeof data.path === 'string') {
      void router.navigate({ href: data.path })
    }
  })
  const later = () => setTimeout(() => void begin().catch(() => undefined), 1500)
  if (document.readyState === 'complete') later()
  else window.addEventListener('load', later, { once: true })
}
