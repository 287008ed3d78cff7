import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { viewsQuery, whenReached } from '@/shared/api'
import {
  loadOutbox,
  reachedAgain,
  shownAsOf,
  useOutbox,
  useReading,
  useSitting,
  whenReplaced,
} from '@/shared/offline'
import { useConnection } from '@/shared/realtime'

const probeEvery = 10_000
const longestPause = 60_000

/** Keeps what is read, hands over what waits, and notices when the line is there again. */
export function useOffline() {
  const client = useQueryClient()
  const owner = useSitting(({ owner: sits }) => sits)
  const cut = useReading((reading) => shownAsOf(reading) !== null)
  useHandOver()

  useEffect(() => {
    if (owner) void loadOutbox(owner)
  }, [owner])
  useEffect(() => whenReached(() => reachedAgain(client)), [client])
  useEffect(() => whenReplaced(() => window.location.assign('/inbox')), [])
  useEffect(() => {
    if (!cut) return
    const ask = () => {
      if (navigator.onLine) void client.refetchQueries({ queryKey: viewsQuery.queryKey })
    }
    const timer = setInterval(ask, probeEvery)
    window.addEventListener('online', ask)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', ask)
    }
  }, [client, cut])
}

function useHandOver() {
  const client = useQueryClient()
  const waiting = useOutbox(({ items }) => items.some(({ state }) => state === 'waiting'))
  const live = useConnection(({ state }) => state === 'live')
  useEffect(() => {
    if (!waiting) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let stopped = false
    let tries = 0
    const attempt = async () => {
      clearTimeout(timer)
      if (stopped) return
      let done = false
      if (navigator.onLine) {
        const { handOver } = await import('./engine')
        done = await handOver(client).catch(() => false)
      }
      if (!stopped && !done)
        timer = setTimeout(attempt, Math.min(longestPause, 1500 * 2 ** tries++))
    }
    const now = () => void attempt()
    window.addEventListener('online', now)
    // A live stream says that the server is there: no need to wait for the next turn.
    if (live) tries = 0
    now()
    return () => {
      stopped = true
      clearTimeout(timer)
      window.removeEventListener('online', now)
    }
  }, [client, waiting, live])
}
