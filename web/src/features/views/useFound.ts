import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, searchQuery } from '@/shared/api'

/** Customers or companies by what is typed; those chosen already keep their names. */
export function useFound(kind: 'contact' | 'company', chosen: string[]) {
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
      queryFn: async () =>
        kind === 'contact'
          ? (await api.get('/contacts/{contact_id}', { path: { contact_id: id } })).name
          : (await api.get('/companies/{company_id}', { path: { company_id: id } })).name,
      staleTime: 10 * 60_000,
      retry: false,
    })),
  })
  const mine = chosen.map((id, at) => ({ value: id, label: known[at]?.data || id }))
  const found = (data?.items ?? []).map((hit) => ({ value: hit.id, label: hit.title || hit.id }))
  const options = [...mine, ...found.filter(({ value }) => !chosen.includes(value))]
  return { options, search: setTyped, busy: isFetching }
}
