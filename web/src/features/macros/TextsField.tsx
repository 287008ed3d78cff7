import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Button, ConfigProvider, Form } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { Suspense } from 'react'
import { RichField } from '@/features/reply'
import { catalogueQuery, type MacroIn } from '@/shared/api/macros'
import { useLocale, useTranslation } from '@/shared/i18n'
import { IconButton, Skeleton } from '@/shared/ui'
import styles from './macros.module.css'

const locales = ['zh-CN', 'en', 'zh-TW', 'ja', 'ko', 'de', 'fr', 'es', 'pt', 'ru']

/** The text in each language, and the variables that it may use. */
export function TextsField() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data } = useQuery(catalogueQuery)
  const insertable = (data?.variables ?? []).map(({ name, title }) => ({
    value: `{{${name}}}`,
    label: title[locale.slice(0, 2)] ?? name,
  }))
  return (
    <fieldset className={styles.group}>
      <legend>{t('macroEdit.texts')}</legend>
      <p className={styles.hint}>{t('macroEdit.textsHint')}</p>
      <Form.List name="variants">
        {(entries, { add, remove }) => (
          <>
            {entries.map((entry) => (
              <div key={entry.key} className={styles.text}>
                <Form.Item
                  name={[entry.name, 'locale']}
                  label={t('macroEdit.locale')}
                  rules={[{ required: true, message: t('common.required') }]}
                >
                  <AutoComplete options={locales.map((value) => ({ value }))} />
                </Form.Item>
                <Form.Item name={[entry.name]} label={t('macroEdit.body')}>
                  <Body insertable={insertable} />
                </Form.Item>
                <IconButton
                  icon={Trash2}
                  label={t('macroEdit.removeText')}
                  onClick={() => remove(entry.name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<Plus size={14} />}
              onClick={() => add({ locale: locales[entries.length] ?? '', body: '', html: '' })}
            >
              {t('macroEdit.addText')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}

type Variant = NonNullable<MacroIn['variants']>[number]
interface BodyProps {
  id?: string
  value?: Variant
  onChange?: (value: Variant) => void
  insertable: { value: string; label: string }[]
}

/** The text of one language, with or without formatting; the editor is fetched when it is shown. */
function Body({ id, value, onChange, insertable }: BodyProps) {
  const { t } = useTranslation()
  const { componentDisabled } = ConfigProvider.useConfig()
  const kept = value ?? { locale: '', body: '' }
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      <RichField
        id={id}
        label={t('macroEdit.body')}
        value={{ body: kept.body, html: kept.html ?? '' }}
        onChange={(text) => onChange?.({ ...kept, ...text })}
        disabled={componentDisabled}
        insertable={insertable}
        insertLabel={t('macroEdit.insertVariable')}
      />
    </Suspense>
  )
}
