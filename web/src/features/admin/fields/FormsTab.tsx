import { useQuery } from '@tanstack/react-query'
import { LayoutList } from 'lucide-react'
import { type FieldObject, formsQuery } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { Tag } from '@/shared/ui'
import { FormEditor } from './FormEditor'
import styles from './fields.module.css'
import { Kept } from './Kept'

export function FormsTab({ object }: { object: FieldObject }) {
  const { t } = useTranslation()
  return (
    <Kept
      object={object}
      query={useQuery(formsQuery(object))}
      add={t('fields.forms.add')}
      empty={{
        icon: LayoutList,
        title: t('fields.forms.none'),
        hint: t('fields.forms.noneHint'),
      }}
      says={({ uses, sections }) =>
        [
          ...uses.map((use) => t(`fields.forms.use.${use}`)),
          t('fields.forms.fieldCount', {
            count: sections.flatMap((section) => section.fields ?? []).length,
          }),
        ].join(' · ')
      }
      marks={({ types, channels, version }) => (
        <>
          {[...types, ...channels].map((place) => (
            <Tag key={place}>{place}</Tag>
          ))}
          <span className={styles.key}>{t('fields.forms.version', { version })}</span>
        </>
      )}
      panel={(layout, fields, close) => (
        <FormEditor object={object} fields={fields} layout={layout} close={close} />
      )}
    />
  )
}
