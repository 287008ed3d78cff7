import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api } from '@/shared/api'
import type { LabelKind } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import type { ControlProps } from './Control'
import { useLabels } from './useLabels'
import { type Choice, listed, wordOf } from './values'

const finders: Record<string, (q: string, signal: AbortSignal) => Promise<Choice[]>> = {
  ticket: async (q, signal) =>
    (await api.get('/tickets', { query: { q, limit: 10 }, signal })).items.map((one) => ({
      value: one.id,
      label: `#${one.number} ${one.subject}`,
    })),
  customer: async (q, signal) =>
    (await api.get('/contacts', { query: { q, limit: 10 }, signal })).items.map(named),
  company: async (q, signal) =>
    (await api.get('/companies', { query: { q, limit: 10 }, signal })).items.map(named),
}
const named = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name || id })

/** A ticket, a customer or a company, found by words. */
export function Relation({ field, value, change, disabled, id }: ControlProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const q = useDeferredValue(typed.trim())
  const target: LabelKind = field.config.target ?? 'ticket'
  const { data: found = [] } = useQuery({
    queryKey: ['fields', 'pick', target, q],
    queryFn: ({ signal }) => finders[target]?.(q, signal) ?? Promise.resolve([]),
    enabled: open,
  })
  const labels = useLabels(field, value)
  const chosen = listed(value)
  const several = field.config.multiple === true
  const known = chosen.map((one) => ({ value: one, label: labels.get(one) ?? `…${one.slice(-4)}` }))
  const options = [...known, ...found.filter((one) => !chosen.includes(one.value))]
  return (
    <Select<string | string[]>
      id={id}
      aria-label={wordOf(field.name, locale, field.key)}
      style={{ width: '100%' }}
      mode={several ? 'multiple' : undefined}
      value={several ? chosen : chosen[0]}
      disabled={disabled}
      allowClear
      placeholder={t('fields.search')}
      options={options}
      onOpenChange={setOpen}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(next) => change(next === undefined || next.length === 0 ? null : next)}
    />
  )
}
