import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { LayoutList, Plus } from 'lucide-react'
import { useState } from 'react'
import { type FieldObject, type FormLayout, fieldsQuery, formsQuery } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { QueryView } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { FormEditor } from './FormEditor'
import styles from './fields.module.css'

export function FormsTab({ object }: { object: FieldObject }) {
  const { t } = useTranslation()
  const query = useQuery(formsQuery(object))
  const { data: fields = [] } = useQuery(fieldsQuery(object))
  const [edited, setEdited] = useState<FormLayout | 'new' | null>(null)
  const places = (form: FormLayout) => [...form.types, ...form.channels]
  return (
    <>
      <div className={styles.tabs}>
        <Button
          type="primary"
          icon={<Plus size={15} />}
          disabled={fields.length === 0}
          onClick={() => setEdited('new')}
        >
          {t('fields.forms.add')}
        </Button>
      </div>
      <QueryView
        query={query}
        empty={
          <Empty
            icon={LayoutList}
            title={t('fields.forms.none')}
            hint={t('fields.forms.noneHint')}
          />
        }
      >
        {(forms) => (
          <ul className={styles.list}>
            {forms.map((form) => (
              <li key={form.id} style={{ paddingLeft: 12 }}>
                <div className={styles.sentence}>
                  <button type="button" className={styles.name} onClick={() => setEdited(form)}>
                    {form.name}
                  </button>
                  <small>
                    {form.uses.map((use) => t(`fields.forms.use.${use}`)).join(' · ')}
                    {' · '}
                    {t('fields.forms.fieldCount', {
                      count: form.sections.flatMap((section) => section.fields ?? []).length,
                    })}
                  </small>
                </div>
                {places(form).map((place) => (
                  <Tag key={place}>{place}</Tag>
                ))}
                <span className={styles.key}>
                  {t('fields.forms.version', { version: form.version })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {edited && (
        <FormEditor
          object={object}
          fields={fields}
          layout={edited === 'new' ? null : edited}
          close={() => setEdited(null)}
        />
      )}
    </>
  )
}
