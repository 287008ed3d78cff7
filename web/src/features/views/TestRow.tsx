import { Select } from 'antd'
import { X } from 'lucide-react'
import { matchesName } from '@/shared/format'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { type AskedField, type Leaf, withOperator } from './tree'
import { ValueField } from './ValueField'
import styles from './views.module.css'

interface Props {
  test: Leaf
  fields: AskedField[]
  change: (test: Leaf) => void
  remove: () => void
}

/** One test: a field, an operator, and what it needs. */
export function TestRow({ test, fields, change, remove }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const field = fields.find((item) => item.name === test.field)
  const operator = field?.operators.find((item) => item.id === test.op)
  const groups = [...new Set(fields.map((item) => item.group))]
  return (
    <div className={styles.test}>
      <Select
        className={styles.field}
        aria-label={t('viewEdit.field')}
        placeholder={t('viewEdit.field')}
        value={test.field || undefined}
        autoFocus={!test.field}
        showSearch={{
          filterOption: (typed, option) => matchesName(String(option?.label ?? ''), typed),
        }}
        popupMatchSelectWidth={240}
        onChange={(name: string) => {
          const next = fields.find((item) => item.name === name)
          change({ ...test, field: name, op: next?.operators[0]?.id ?? '', value: undefined })
        }}
        options={groups.map((group) => ({
          label: t(`viewEdit.groups.${group}` as 'viewEdit.groups.ticket', { defaultValue: group }),
          options: fields
            .filter((item) => item.group === group)
            .map((item) => ({ value: item.name, label: localized(item.title, locale, item.name) })),
        }))}
      />
      <Select
        className={styles.operator}
        aria-label={t('viewEdit.operator')}
        disabled={!field}
        value={test.op || undefined}
        popupMatchSelectWidth={false}
        onChange={(op: string) => change(withOperator(test, op, fields))}
        options={field?.operators.map((item) => ({
          value: item.id,
          label: localized(item.title, locale, item.id),
        }))}
      />
      <span className={styles.value}>
        {field && operator && (
          <ValueField
            field={field}
            takes={operator.takes}
            value={test.value}
            onChange={(value) => change({ ...test, value })}
          />
        )}
      </span>
      <IconButton icon={X} size="small" label={t('viewEdit.removeTest')} onClick={remove} />
    </div>
  )
}
