import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Button, Form, Input } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { catalogueQuery } from '@/shared/api/macros'
import { useLocale, useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './macros.module.css'

const locales = ['zh-CN', 'en', 'zh-TW', 'ja', 'ko', 'de', 'fr', 'es', 'pt', 'ru']

/** The text in each language, and the variables that it may use. */
export function TextsField() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data } = useQuery(catalogueQuery)
  return (
    <fieldset className={styles.group}>
      <legend>{t('macroEdit.texts')}</legend>
      <p className={styles.hint}>
        {t('macroEdit.textsHint')}{' '}
        {data?.variables.map(({ name, title }) => (
          <code key={name} title={title[locale.slice(0, 2)]}>{`{{${name}}}`}</code>
        ))}
      </p>
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
                <Form.Item name={[entry.name, 'body']} label={t('macroEdit.body')}>
                  <Input.TextArea autoSize={{ minRows: 3, maxRows: 14 }} maxLength={20_000} />
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
              onClick={() => add({ locale: locales[entries.length] ?? '', body: '' })}
            >
              {t('macroEdit.addText')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}
