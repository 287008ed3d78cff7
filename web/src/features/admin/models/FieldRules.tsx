import { Form, Select } from 'antd'
import { useTranslation } from '@/shared/i18n'
import styles from './models.module.css'
import { allowances } from './PolicyForm'

/** For each part of a ticket how far it may go. */
export function FieldRules() {
  const { t } = useTranslation()
  const form = Form.useFormInstance()
  return (
    <Form.List name="fields">
      {(rows) => (
        <dl className={styles.fields}>
          {rows.map(({ key, name }) => {
            const field = form.getFieldValue(['fields', name, 'field']) as 'subject'
            return (
              <div key={key}>
                <dt>{t(`models.fields.${field}`)}</dt>
                <dd>
                  <Form.Item name={[name, 'allowed']} noStyle>
                    <Select
                      size="small"
                      aria-label={t(`models.fields.${field}`)}
                      options={allowances.map((value) => ({
                        value,
                        label: t(`models.allowed.${value}`),
                      }))}
                    />
                  </Form.Item>
                </dd>
              </div>
            )
          })}
        </dl>
      )}
    </Form.List>
  )
}
