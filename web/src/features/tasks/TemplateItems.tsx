import { Button, Checkbox, Form, Input, InputNumber } from 'antd'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { ApproverPicker } from './ApproverPicker'
import styles from './tasks.module.css'

const most = 100

/** The lines of a template, each with the time after which it is due. */
export function TemplateItems() {
  const { t } = useTranslation()
  return (
    <Form.List name="items">
      {(lines, { add, remove, move }) => (
        <div className={styles.lines}>
          {lines.map(({ key, name }) => (
            <div key={key} className={styles.line}>
              <Form.Item
                name={[name, 'text']}
                rules={[{ required: true, whitespace: true, message: t('common.required') }]}
              >
                <Input
                  maxLength={500}
                  aria-label={t('surveys.templates.text', { number: name + 1 })}
                  placeholder={t('surveys.templates.text', { number: name + 1 })}
                />
              </Form.Item>
              <Form.Item
                name={[name, 'due_minutes']}
                normalize={(hours: number | null) => (hours ? Math.round(hours * 60) : null)}
                getValueProps={(minutes: number | null) => ({
                  value: minutes ? minutes / 60 : null,
                })}
              >
                <InputNumber
                  min={0}
                  max={8760}
                  step={1}
                  placeholder="—"
                  suffix={t('surveys.templates.hours')}
                  aria-label={t('surveys.templates.due', { number: name + 1 })}
                />
              </Form.Item>
              <IconButton
                icon={ArrowUp}
                label={t('surveys.templates.up', { number: name + 1 })}
                disabled={name === 0}
                onClick={() => move(name, name - 1)}
              />
              <IconButton
                icon={ArrowDown}
                label={t('surveys.templates.down', { number: name + 1 })}
                disabled={name === lines.length - 1}
                onClick={() => move(name, name + 1)}
              />
              <IconButton
                icon={X}
                label={t('surveys.templates.remove', { number: name + 1 })}
                disabled={lines.length === 1}
                onClick={() => remove(name)}
              />
              <div className={styles.more}>
                <Form.Item name={[name, 'approval']} noStyle>
                  <ApproverPicker
                    label={`${t('surveys.templates.text', { number: name + 1 })}: ${t('work.approval.who')}`}
                  />
                </Form.Item>
                <Form.Item name={[name, 'needed']} valuePropName="checked" noStyle>
                  <Checkbox>{t('work.approval.needed')}</Checkbox>
                </Form.Item>
              </div>
            </div>
          ))}
          <Button
            size="small"
            icon={<Plus size={13} />}
            disabled={lines.length >= most}
            onClick={() => add({ text: '', due_minutes: null })}
          >
            {t('surveys.templates.addItem')}
          </Button>
        </div>
      )}
    </Form.List>
  )
}
