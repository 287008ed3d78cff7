import type { QueryClient } from '@tanstack/react-query'
import { address, checkSession } from '../api'
import { useBuild } from '../version'
import { dispatch, eventNames } from './dispatch'
import { useConnection } from './state'

const firstDelay = 800
const longestDelay = 20_000

export const backoff = (attempt: number, chance: number) =>
  Math.min(longestDelay, firstDelay * 2 ** attempt) * (0.5 + chance / 2)

/**
 * One stream of server-sent events for the whole app. The browser's own reconnection gives up on some
 * answers (a proxy's 502), so this opens a new one from the last event that was seen.
 */
export function openStream(client: QueryClient) {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let after: string | undefined
  let attempt = 0
  let stopped = false

  const connect = () => {
    clearTimeout(timer)
    source?.close()
    if (stopped) return
    source = new EventSource(address('/stream', { query: { after } }), { withCredentials: true })
    source.addEventListener('hello', (event) => {
      after = event.lastEventId || after
      useBuild.getState().hear(JSON.parse(event.data).build)
      attempt = 0
      useConnection.setState({ state: 'live', attempt })
    })
    for (const name of eventNames) {
      source.addEventListener(name, (event) => {
        if (event.lastEventId) after = event.lastEventId
        dispatch(client, name, JSON.parse(event.data))
      })
    }
    source.onopen = () => useConnection.setState({ state: 'live', attempt: 0 })
    source.onerror = () => {
      source?.close()
      useConnection.setState({ state: 'lost', attempt })
      void checkSession()
      timer = setTimeout(connect, backoff(attempt++, Math.random()))
    }
  }

  const wake = () => {
    if (useConnection.getState().state !== 'live') connect()
  }
  window.addEventListener('online', wake)
  connect()
  return {
    reconnect: connect,
    close() {
      stopped = true
      clearTimeout(timer)
      source?.close()
      window.removeEventListener('online', wake)
    },
  }
}
