import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'antd'
import { Plus, Tags } from 'lucide-react'
import { useState } from 'react'
import { wordOf } from '@/features/fields'
import { type CustomField, type FieldObject, fieldsQuery, orderFields } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { QueryView, useAction } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { FieldPanel } from './FieldPanel'
import styles from './fields.module.css'
import { Sortable } from './Sortable'

export function FieldsTab({ object }: { object: FieldObject }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const client = useQueryClient()
  const query = useQuery(fieldsQuery(object, true))
  const { run } = useAction()
  const [edited, setEdited] = useState<CustomField | 'new' | null>(null)
  const [archived, setArchived] = useState(false)
  const name = (field: CustomField) => wordOf(field.name, locale, field.key)

  function order(fields: CustomField[]) {
    const { queryKey } = fieldsQuery(object, true)
    const hidden = (query.data ?? []).filter((field) => !fields.includes(field))
    client.setQueryData(queryKey, [...fields, ...hidden])
    void run(
      () =>
        orderFields(
          object,
          fields.map(({ key }) => key),
        ),
      { keys: [['fields', object], ['form']] },
    )
  }
  return (
    <>
      <div className={styles.tabs}>
        <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
          {t('fields.admin.add')}
        </Button>
        {query.data?.some((field) => !field.active) && (
          <Checkbox checked={archived} onChange={(event) => setArchived(event.target.checked)}>
            {t('fields.admin.showArchived')}
          </Checkbox>
        )}
      </div>
      <QueryView
        query={query}
        empty={
          <Empty icon={Tags} title={t('fields.admin.none')} hint={t('fields.admin.noneHint')} />
        }
      >
        {(fields) => (
          <Sortable
            items={fields.filter((field) => field.active || archived)}
            keyOf={(field) => field.id}
            nameOf={name}
            order={order}
          >
            {(field) => (
              <div className={styles.row}>
                <button type="button" className={styles.name} onClick={() => setEdited(field)}>
                  {name(field)}
                </button>
                <code className={styles.key}>{field.key}</code>
                <span className={styles.end} />
                {!field.active && <Tag>{t('fields.admin.archived')}</Tag>}
                {field.required && <Tag tone="warn">{t('fields.admin.required')}</Tag>}
                <Tag>{t(`fields.types.${field.type}`)}</Tag>
              </div>
            )}
          </Sortable>
        )}
      </QueryView>
      {edited && (
        <FieldPanel
          object={object}
          field={edited === 'new' ? null : edited}
          close={() => setEdited(null)}
        />
      )}
    </>
  )
}
