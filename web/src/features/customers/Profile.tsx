import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useDeferredValue, useEffect, useId, useState } from 'react'
import { api } from '@/shared/api'
import type { ContactDetail } from '@/shared/api/customers'
import { clock, useNow } from '@/shared/format'
import { composing } from '@/shared/hotkeys'
import { useLocale, useTranslation } from '@/shared/i18n'
import { SwitchField } from '@/shared/page'
import { Avatar, TagPicker, Time } from '@/shared/ui'
import styles from './customers.module.css'
import { useContactChange } from './useContactChange'

interface Props {
  contact: ContactDetail
  mayEdit: boolean
}

/** Everything about the person that can be changed, each in its place, saved when one leaves it. */
export function Profile({ contact, mayEdit }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const now = new Date(useNow()).toISOString()
  const change = useContactChange(contact.id)
  return (
    <>
      <div className={styles.head}>
        <Avatar name={contact.name} url={contact.avatar_url} size={46} />
        <div>
          <Name contact={contact} mayEdit={mayEdit} />
          <small>
            {t('people.since')} <Time at={contact.created_at} />
            {contact.time_zone &&
              ` · ${t('customer.localTime')} ${clock(now, locale, contact.time_zone)}`}
          </small>
        </div>
      </div>
      <div className={styles.rows}>
        <div>
          <span className={styles.label}>{t('customer.company')}</span>
          <CompanyPicker contact={contact} mayEdit={mayEdit} />
        </div>
        <div>
          <span className={styles.label}>{t('ticket.tags')}</span>
          <TagPicker
            variant="outlined"
            value={contact.tags}
            disabled={!mayEdit}
            label={t('ticket.tags')}
            placeholder={t('ticket.addTag')}
            onChange={(tags) => void change({ tags })}
          />
        </div>
        <Note contact={contact} mayEdit={mayEdit} />
        <div className={styles.switches}>
          <SwitchField
            label={t('customer.vip')}
            hint={t('people.vipHint')}
            checked={contact.vip}
            disabled={!mayEdit}
            onChange={(vip) => void change({ vip })}
          />
          <SwitchField
            label={t('people.block')}
            hint={t('people.blockHint')}
            checked={contact.blocked}
            disabled={!mayEdit}
            onChange={(blocked) => void change({ blocked })}
          />
        </div>
      </div>
    </>
  )
}

function Name({ contact, mayEdit }: Props) {
  const { t } = useTranslation()
  const change = useContactChange(contact.id)
  const [typed, setTyped] = useState<string | null>(null)
  if (typed === null) {
    return (
      <button
        type="button"
        className={styles.rename}
        disabled={!mayEdit}
        title={mayEdit ? t('people.rename') : undefined}
        onClick={() => setTyped(contact.name)}
      >
        {contact.name || t('people.unnamed')}
      </button>
    )
  }
  const save = () => {
    const name = typed.trim()
    setTyped(null)
    if (name && name !== contact.name) void change({ name })
  }
  return (
    <Input
      autoFocus
      aria-label={t('people.name')}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (composing(event)) return
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}

function Note({ contact, mayEdit }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const change = useContactChange(contact.id)
  const [note, setNote] = useState(contact.note)
  useEffect(() => setNote(contact.note), [contact.note])
  return (
    <div>
      <label htmlFor={id}>{t('customer.note')}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 12 }}
        value={note}
        disabled={!mayEdit}
        maxLength={20000}
        placeholder={t('people.noteHint')}
        onChange={(event) => setNote(event.target.value)}
        onBlur={() => {
          if (note !== contact.note) void change({ note })
        }}
      />
    </div>
  )
}

function CompanyPicker({ contact, mayEdit }: Props) {
  const { t } = useTranslation()
  const change = useContactChange(contact.id)
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const { data } = useQuery({
    queryKey: ['companies', 'pick', q],
    queryFn: ({ signal }) => api.get('/companies', { query: { q, limit: 20 }, signal }),
    enabled: mayEdit,
  })
  const found = data?.items ?? []
  const known = contact.company && !found.some(({ id }) => id === contact.company?.id)
  const options = [...(known && contact.company ? [contact.company] : []), ...found].map(
    ({ id, name }) => ({ value: id, label: name }),
  )
  return (
    <Select
      style={{ width: '100%' }}
      aria-label={t('customer.company')}
      allowClear
      disabled={!mayEdit}
      placeholder={t('people.noCompany')}
      value={contact.company?.id}
      options={options}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      onChange={(id?: string) => {
        const name = options.find(({ value }) => value === id)?.label ?? ''
        void change({ company_id: id ?? null }, id ? { id, name } : null)
      }}
    />
  )
}
