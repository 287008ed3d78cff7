import { Button, Form, Input, InputNumber } from 'antd'
import { Plus, X } from 'lucide-react'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './models.module.css'

/** How order numbers look here: a beginning and a count, never a pattern that could run away. */
export function NumberRules() {
  const { t } = useTranslation()
  return (
    <Form.Item label={t('models.numbers')} extra={t('models.numbersHint')}>
      <Form.List name="numbers">
        {(rows, { add, remove }) => (
          <div className={styles.stack}>
            {rows.map(({ key, name }, place) => (
              <div key={key} className={styles.number}>
                <Form.Item name={[name, 'prefix']} noStyle>
                  <Input
                    aria-label={t('models.prefix')}
                    placeholder={t('models.prefix')}
                    maxLength={20}
                  />
                </Form.Item>
                <Form.Item name={[name, 'least']} noStyle>
                  <InputNumber aria-label={t('models.least')} min={1} max={40} />
                </Form.Item>
                <span aria-hidden="true">–</span>
                <Form.Item name={[name, 'most']} noStyle>
                  <InputNumber aria-label={t('models.most')} min={1} max={40} />
                </Form.Item>
                <IconButton
                  icon={X}
                  size="small"
                  label={t('models.removeNumber', { number: place + 1 })}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              size="small"
              icon={<Plus size={13} aria-hidden="true" />}
              onClick={() => add({ prefix: '', least: 6, most: 20 })}
            >
              {t('models.addNumber')}
            </Button>
          </div>
        )}
      </Form.List>
    </Form.Item>
  )
}
