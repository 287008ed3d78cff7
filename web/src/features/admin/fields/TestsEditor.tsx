import { Button, Segmented, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import type { CustomField, FieldObject } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './fields.module.css'
import { contexts, type Flat, type FlatTest, opsOf, takesOf } from './tests'
import { useSentence } from './useSentence'
import { ValueInput } from './ValueInput'

interface Props {
  value?: Flat
  onChange?: (flat: Flat) => void
  fields: CustomField[]
  object: FieldObject
}

/** The tests of a condition, all or one of which must hold. */
export function TestsEditor({
  value = { join: 'all', tests: [] },
  onChange,
  fields,
  object,
}: Props) {
  const { t } = useTranslation()
  const { name } = useSentence(fields)
  const { join, tests } = value
  const put = (next: FlatTest[]) => onChange?.({ join, tests: next })
  const set = (place: number, test: FlatTest) =>
    put(tests.map((one, at) => (at === place ? test : one)))
  const asked = [...fields.map(({ key }) => key), ...(object === 'ticket' ? contexts : [])]
  const begin = (key: string): FlatTest => {
    const op = opsOf(fields.find((field) => field.key === key))[0] ?? 'empty'
    return { field: key, op, value: undefined }
  }
  return (
    <div className={styles.options}>
      {tests.length > 1 && (
        <Segmented
          size="small"
          value={join}
          options={(['all', 'any'] as const).map((one) => ({
            value: one,
            label: t(`fields.rules.${one}`),
          }))}
          onChange={(next) => onChange?.({ join: next, tests })}
        />
      )}
      {tests.length === 0 && <span>{t('fields.rules.always')}</span>}
      {tests.map((test, place) => {
        const field = fields.find((one) => one.key === test.field)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: tests have no identity of their own
          <div key={place} className={styles.test}>
            <Select
              aria-label={t('fields.rules.field')}
              value={test.field}
              popupMatchSelectWidth={false}
              options={asked.map((key) => ({ value: key, label: name(key) }))}
              onChange={(key) => set(place, begin(key))}
            />
            <Select
              aria-label={t('fields.rules.op')}
              value={test.op}
              popupMatchSelectWidth={false}
              options={opsOf(field).map((op) => ({
                value: op,
                label: t(`fields.rules.ops.${op}`),
              }))}
              onChange={(op) => set(place, { ...test, op, value: undefined })}
            />
            <ValueInput
              field={field}
              takes={takesOf(test.op)}
              value={test.value}
              change={(next) => set(place, { ...test, value: next })}
            />
            <IconButton
              icon={X}
              label={t('fields.remove', { name: name(test.field) })}
              onClick={() => put(tests.filter((_, at) => at !== place))}
            />
          </div>
        )
      })}
      <span>
        <Button
          size="small"
          icon={<Plus size={14} />}
          onClick={() => put([...tests, begin(asked[0] ?? '')])}
        >
          {t('fields.rules.addTest')}
        </Button>
      </span>
    </div>
  )
}
