import { useQuery } from '@tanstack/react-query'
import { create } from 'zustand'
import { type Id, type Me, meQuery, type Ticket } from '@/shared/api'

/** The signed-in agent. Screens below the shell are drawn only when there is one. */
export function useMe(): Me {
  const { data } = useQuery(meQuery)
  if (!data) throw new Error('useMe outside of a session')
  return data
}

export const granted = (me: Pick<Me, 'permissions'>, permission: string) =>
  me.permissions.some(({ permission: held }) => held === permission || held === '*')

/** May this agent do it? For one ticket the server has said so itself; else by any scope held. */
export function useCan(permission: string, ticket?: Pick<Ticket, 'abilities'>): boolean {
  const { data } = useQuery(meQuery)
  if (ticket) return ticket.abilities.includes(permission)
  return data ? granted(data, permission) : false
}

export function useMyId(): Id {
  return useMe().agent.id
}

/** The session ended under something that is being written: the screen stays until one is back. */
export const useExpired = create<{ expired: boolean; set: (expired: boolean) => void }>((set) => ({
  expired: false,
  set: (expired) => set({ expired }),
}))
