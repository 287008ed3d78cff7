import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import { type CopilotPolicy, copilotSetupKey, putPolicy } from '@/shared/api/copilot'
import { useTranslation } from '@/shared/i18n'
import { Card, submitKeys, Two, useLeaveGuard, useProblem } from '@/shared/page'
import { ConfirmBar } from '@/shared/ui'
import { BrandRules } from './BrandRules'
import { FieldRules } from './FieldRules'
import styles from './models.module.css'
import { NumberRules } from './NumberRules'

interface Props {
  policy: CopilotPolicy
  kinds: string[]
}

export const allowances = ['none', 'local', 'cloud'] as const

/** All that is decided about what leaves, saved at once. */
export function PolicyForm({ policy, kinds }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [form] = Form.useForm<CopilotPolicy>()
  const [busy, setBusy] = useState(false)
  const [dirty, setDirty] = useState(false)
  const guard = useLeaveGuard(dirty)
  const { problem, report, clear } = useProblem(form)

  async function save() {
    setBusy(true)
    clear()
    guard.hold(true)
    try {
      await putPolicy({ ...policy, ...form.getFieldsValue(true) })
      await client.invalidateQueries({ queryKey: copilotSetupKey })
      message.success(t('common.saved'))
      setDirty(false)
    } catch (error) {
      report(error)
    } finally {
      guard.hold(false)
      setBusy(false)
    }
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={policy}
      scrollToFirstError
      onFinish={() => void save()}
      onValuesChange={() => setDirty(true)}
      onKeyDown={submitKeys(form)}
    >
      <Card title={t('models.leave')} hint={t('models.leaveHint')}>
        <Form.Item name="allowed" label={t('models.everything')}>
          <Segmented
            options={allowances.map((value) => ({ value, label: t(`models.allowed.${value}`) }))}
          />
        </Form.Item>
        <FieldRules />
        <Form.Item name="rules" label={t('models.subjects')} extra={t('models.subjectsHint')}>
          <BrandRules />
        </Form.Item>
      </Card>
      <Card title={t('models.hidden')} hint={t('models.hiddenHint')}>
        <Form.Item name="unhidden" label={t('models.unhidden')}>
          <Select
            mode="multiple"
            allowClear
            placeholder={t('models.allHidden')}
            options={kinds.map((value) => ({
              value,
              label: t(`models.kinds.${value}` as 'models.kinds.PHONE', { defaultValue: value }),
            }))}
          />
        </Form.Item>
        <NumberRules />
      </Card>
      <Card title={t('models.limits')} hint={t('models.limitsHint')}>
        <Limits />
      </Card>
      {problem && (
        <ConfirmBar tone="danger" title={problem}>
          {null}
        </ConfirmBar>
      )}
      <div className={styles.foot}>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('common.save')}
        </Button>
      </div>
    </Form>
  )
}

function Limits() {
  const { t } = useTranslation()
  const wide = { style: { width: '100%' }, placeholder: t('models.unlimited') }
  return (
    <Two>
      <Form.Item name="month_tokens" label={t('models.monthTokens')}>
        <InputNumber min={0} {...wide} />
      </Form.Item>
      <Form.Item name="month_cost" label={t('models.monthCost')}>
        <InputNumber min={0} {...wide} />
      </Form.Item>
      <Form.Item
        name="currency"
        label={t('models.currency')}
        rules={[{ required: true, pattern: /^[A-Z]{3}$/, message: t('models.currencyHint') }]}
      >
        <Input maxLength={3} />
      </Form.Item>
      <Form.Item name="per_minute" label={t('models.perMinute')}>
        <InputNumber min={1} max={10_000} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="kept_days" label={t('models.keptDays')}>
        <InputNumber min={1} max={3650} style={{ width: '100%' }} suffix={t('models.days')} />
      </Form.Item>
    </Two>
  )
}
