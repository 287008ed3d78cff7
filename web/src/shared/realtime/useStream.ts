import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { openStream } from './stream'

let reconnect: () => void = () => undefined
export const reconnectNow = () => reconnect()

/** Keeps the stream open while the shell is on screen. */
export function useStream() {
  const client = useQueryClient()
  useEffect(() => {
    const stream = openStream(client)
    reconnect = stream.reconnect
    return () => stream.close()
  }, [client])
}
