import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, type Id, searchQuery } from '@/shared/api'

export type FoundKind = keyof typeof names
const names = {
  contact: async (id: Id) =>
    (await api.get('/contacts/{contact_id}', { path: { contact_id: id } })).name,
  company: async (id: Id) =>
    (await api.get('/companies/{company_id}', { path: { company_id: id } })).name,
  ticket: async (id: Id) => {
    const found = await api.get('/tickets/{ticket_id}', { path: { ticket_id: id } })
    return `#${found.number} ${found.subject}`
  },
}

/** Customers, companies or tickets by what is typed; those chosen already keep their names. */
export function useFound(kind: FoundKind, chosen: string[]) {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed), 200)
    return () => clearTimeout(timer)
  }, [typed])
  const { data, isFetching } = useQuery(searchQuery(asked, kind))
  const known = useQueries({
    queries: chosen.map((id) => ({
      queryKey: ['name', kind, id],
      queryFn: () => names[kind](id),
      staleTime: 10 * 60_000,
      retry: false,
    })),
  })
  const mine = chosen.map((id, at) => ({ value: id, label: known[at]?.data || id }))
  const found = (data?.items ?? []).map((hit) => ({ value: hit.id, label: hit.title || hit.id }))
  const options = [...mine, ...found.filter(({ value }) => !chosen.includes(value))]
  return { options, search: setTyped, busy: isFetching }
}
