import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { X } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { brandsQuery } from '@/shared/api/admin'
import { api } from '@/shared/api/client'
import type { CopilotPolicy } from '@/shared/api/copilot'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './models.module.css'
import { allowances } from './PolicyForm'

type Rule = NonNullable<CopilotPolicy['rules']>[number]
interface Props {
  value?: Rule[]
  onChange?: (rules: Rule[]) => void
}

/** Brands and customers of whom less may leave than of others. */
export function BrandRules({ value = [], onChange = () => undefined }: Props) {
  const { t } = useTranslation()
  const { data: brands = [] } = useQuery(brandsQuery)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed)
  const { data: found = [] } = useQuery({
    queryKey: ['contacts', 'pick', q],
    queryFn: async ({ signal }) =>
      (await api.get('/contacts', { query: { q, limit: 8 }, signal })).items,
    enabled: q.trim() !== '',
  })
  const rest = brands.filter(({ id }) => !value.some((one) => one.id === id))
  const add = (chosen: string) => {
    const [kind, id = ''] = chosen.split(':')
    if (value.some((one) => one.id === id)) return
    onChange([...value, { kind: kind === 'brand' ? 'brand' : 'contact', id, allowed: 'local' }])
    setTyped('')
  }
  return (
    <div className={styles.stack}>
      {value.map((rule) => (
        <div key={`${rule.kind}${rule.id}`} className={styles.rule}>
          <span className="truncate">
            {rule.kind === 'brand' ? (
              (brands.find(({ id }) => id === rule.id)?.name ?? rule.id)
            ) : (
              <ContactName id={rule.id} />
            )}
          </span>
          <Select
            size="small"
            aria-label={t('models.howFar')}
            value={rule.allowed}
            options={allowances.map((one) => ({ value: one, label: t(`models.allowed.${one}`) }))}
            onChange={(allowed) =>
              onChange(value.map((one) => (one === rule ? { ...one, allowed } : one)))
            }
          />
          <IconButton
            icon={X}
            size="small"
            label={t('models.removeRule')}
            onClick={() => onChange(value.filter((one) => one !== rule))}
          />
        </div>
      ))}
      <Select
        showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed }}
        value={null}
        aria-label={t('models.addRule')}
        placeholder={t('models.addRule')}
        onChange={(chosen: string | null) => chosen && add(chosen)}
        options={[
          {
            label: t('models.brands'),
            options: rest
              .filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()))
              .map(({ id, name }) => ({ value: `brand:${id}`, label: name })),
          },
          {
            label: t('models.customers'),
            options: found.map(({ id, name }) => ({ value: `contact:${id}`, label: name })),
          },
        ]}
      />
    </div>
  )
}

function ContactName({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['contacts', id, 'name'],
    queryFn: ({ signal }) =>
      api.get('/contacts/{contact_id}', { path: { contact_id: id }, signal }),
  })
  return data?.name ?? id
}
