import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { meQuery, updateMe } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { Card, submitKeys, Two, useAction, useLeaveGuard, useProblem } from '@/shared/page'
import { useMe } from '@/shared/session'
import { type Locale, type ThemeChoice, usePreferences } from '@/shared/theme'
import { ConfirmBar } from '@/shared/ui'

interface Fields {
  name: string
  signature: string
  locale: Locale
  theme: ThemeChoice
}

export function ProfileCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { agent } = useMe()
  const { locale, theme, set } = usePreferences()
  const [form] = Form.useForm<Fields>()
  const [changed, setChanged] = useState(false)
  const { run, busy } = useAction()
  const { problem, report, clear } = useProblem(form)
  useLeaveGuard(changed)

  async function save(values: Fields) {
    clear()
    const me = await run(() => updateMe({ ...values, name: values.name.trim() }), {
      done: t('common.saved'),
      failed: report,
    })
    if (!me) return
    client.setQueryData(meQuery.queryKey, me)
    set({ locale: values.locale, theme: values.theme })
    setChanged(false)
  }
  return (
    <Card title={t('account.profile')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: agent.name, signature: agent.signature, locale, theme }}
        onValuesChange={() => setChanged(true)}
        onFinish={save}
        onKeyDown={submitKeys(form)}
      >
        <Two>
          <Form.Item
            name="name"
            label={t('account.name')}
            rules={[{ required: true, whitespace: true, message: t('common.required') }]}
          >
            <Input maxLength={120} autoComplete="name" />
          </Form.Item>
          <Form.Item label={t('signIn.email')}>
            <Input value={agent.email} disabled aria-label={t('signIn.email')} />
          </Form.Item>
          <Form.Item name="locale" label={t('menu.language')}>
            <Select
              options={(['zh-CN', 'en'] as const).map((value) => ({
                value,
                label: t(`kit.language.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="theme" label={t('menu.theme')}>
            <Select
              options={(['system', 'light', 'dark'] as const).map((value) => ({
                value,
                label: t(`menu.${value}`),
              }))}
            />
          </Form.Item>
        </Two>
        <Form.Item
          name="signature"
          label={t('account.signature')}
          extra={t('account.signatureHint')}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={10000} />
        </Form.Item>
        {problem && (
          <ConfirmBar tone="danger" title={problem}>
            {null}
          </ConfirmBar>
        )}
        <Button type="primary" htmlType="submit" disabled={!changed} loading={busy !== null}>
          {t('common.save')}
        </Button>
      </Form>
    </Card>
  )
}
