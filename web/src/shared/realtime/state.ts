import { create } from 'zustand'

export type Connection = 'connecting' | 'live' | 'lost'

export const useConnection = create<{ state: Connection; attempt: number }>(() => ({
  state: 'connecting',
  attempt: 0,
}))
