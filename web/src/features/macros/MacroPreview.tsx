import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { api } from '@/shared/api'
import { catalogueQuery, type Macro, macroPreviewQuery } from '@/shared/api/macros'
import { useLocale, useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'
import styles from './macros.module.css'

/** What is saved, at a real ticket: nothing of it happens. */
export function MacroPreview({ macro }: { macro: Macro }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [number, setNumber] = useState('')
  const { data: known } = useQuery(catalogueQuery)
  const { data: ticket } = useQuery({
    queryKey: ['macros', 'ticket', number],
    queryFn: async () =>
      (await api.get('/tickets', { query: { view: 'all', q: number, limit: 1 } })).items[0] ?? null,
    enabled: /^#?\d+$/.test(number),
  })
  const { data, error } = useQuery({
    ...macroPreviewQuery(ticket?.id ?? '', macro.id),
    enabled: Boolean(ticket),
  })
  const nameOf = (id: string) =>
    known?.actions.find((one) => one.id === id)?.name[locale.slice(0, 2)] ?? id
  return (
    <fieldset className={styles.group}>
      <legend>{t('macroEdit.preview')}</legend>
      <Input
        aria-label={t('macroEdit.previewTicket')}
        placeholder={t('macroEdit.previewTicket')}
        value={number}
        onChange={(event) => setNumber(event.target.value.trim())}
        // Enter here must not save the macro.
        onPressEnter={(event) => event.preventDefault()}
      />
      <p className={styles.hint}>{t('macroEdit.previewHint')}</p>
      {error && <p role="alert">{errorText(t, error)}</p>}
      {data && (
        <div className={styles.preview}>
          {data.text && <p>{data.text}</p>}
          {data.actions.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same action may come twice, in this order
            <p key={at}>
              {nameOf(one.action)}
              {one.refused && ` · ${one.detail}`}
              {one.nothing && !one.refused && ` · ${t('macros.nothing')}`}
              {Object.entries(one.changes)
                .filter(([field]) => !['status_category', 'unit_id', 'resolved_at'].includes(field))
                .map(([field, [from, to]]) => (
                  <small key={field}>
                    {t(`history.fields.${field}` as 'history.fields.status', {
                      defaultValue: field,
                    })}
                    : {plain(from)} → {plain(to)}
                  </small>
                ))}
            </p>
          ))}
        </div>
      )}
    </fieldset>
  )
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return Array.isArray(value) ? value.map(String).join(', ') : String(value)
}
