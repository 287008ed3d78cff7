import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { ApiError } from '@/shared/api'
import { changePassword, sessionsQuery } from '@/shared/api/account'
import { useTranslation } from '@/shared/i18n'
import { Card, submitKeys, Two, useLeaveGuard, useProblem } from '@/shared/page'
import { useMe } from '@/shared/session'
import { ConfirmBar } from '@/shared/ui'

interface Fields {
  current: string
  next: string
  again: string
}

export function PasswordCard() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const { agent } = useMe()
  const [form] = Form.useForm<Fields>()
  const [busy, setBusy] = useState(false)
  const { problem, report, clear } = useProblem(form)
  const [changed, setChanged] = useState(false)
  useLeaveGuard(changed)

  async function change({ current, next }: Fields) {
    setBusy(true)
    clear()
    try {
      await changePassword(current, next)
      form.resetFields()
      setChanged(false)
      message.success(t('account.passwordChanged'))
      await client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'wrong_password') {
        form.setFields([{ name: 'current', errors: [t('account.wrongPassword')] }])
      } else if (error instanceof ApiError && error.code === 'weak_password') {
        form.setFields([{ name: 'next', errors: [t('account.weakPassword')] }])
      } else report(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card title={t('account.password')} hint={t('account.passwordHint')}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={change}
        onValuesChange={(_part, all) => setChanged(Object.values(all).some(Boolean))}
        onKeyDown={submitKeys(form)}
      >
        <input type="hidden" autoComplete="username" value={agent.email} readOnly />
        <Form.Item
          name="current"
          label={t('account.current')}
          rules={[{ required: true, message: t('common.required') }]}
        >
          <Input.Password autoComplete="current-password" style={{ maxWidth: 320 }} />
        </Form.Item>
        <Two>
          <Form.Item
            name="next"
            label={t('account.next')}
            rules={[{ required: true, min: 8, message: t('account.weakPassword') }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('account.again')}
            dependencies={['next']}
            rules={[
              ({ getFieldValue }) => ({
                validator: (_rule, value) =>
                  value === getFieldValue('next')
                    ? Promise.resolve()
                    : Promise.reject(new Error(t('account.notSame'))),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        </Two>
        {problem && (
          <ConfirmBar tone="danger" title={problem}>
            {null}
          </ConfirmBar>
        )}
        <Button htmlType="submit" loading={busy}>
          {t('account.changePassword')}
        </Button>
      </Form>
    </Card>
  )
}
