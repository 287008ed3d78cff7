import { useSyncExternalStore } from 'react'

const phone = typeof window === 'undefined' ? null : window.matchMedia('(max-width: 720px)')

function subscribe(onChange: () => void) {
  phone?.addEventListener('change', onChange)
  return () => phone?.removeEventListener('change', onChange)
}

/** One column, held in one hand. */
export const usePhone = () => useSyncExternalStore(subscribe, () => phone?.matches ?? false)
