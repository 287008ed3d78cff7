import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { meQuery } from '@/shared/api'
import { saveWorkspace, type Workspace, workspaceQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import {
  Card,
  Guard,
  Page,
  QueryView,
  RequiredText,
  submitKeys,
  Two,
  useAction,
  useLeaveGuard,
  useProblem,
} from '@/shared/page'
import { ConfirmBar } from '@/shared/ui'
import { TimeZonePicker } from '../parts/TimeZonePicker'

interface Fields {
  name: string
  locale: Workspace['locale']
  time_zone: string
  undo_send_seconds: number
  reopen_days: number
  open_children: 'ask' | 'refuse' | 'allow'
  open_items: 'ask' | 'refuse' | 'allow'
  own_approval: 'refuse' | 'allow'
}

const rules = ['ask', 'refuse', 'allow'] as const

const number = (value: unknown, fallback: number) => (typeof value === 'number' ? value : fallback)

export function WorkspacePage() {
  const { t } = useTranslation()
  const query = useQuery(workspaceQuery)
  return (
    <Guard permission="workspace:manage">
      <Page title={t('admin.sections.workspace')} lead={t('admin.workspace.lead')} width="narrow">
        <QueryView query={query}>{(workspace) => <Settings workspace={workspace} />}</QueryView>
      </Page>
    </Guard>
  )
}

function Settings({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const [changed, setChanged] = useState(false)
  const { run, busy } = useAction()
  const { problem, report, clear } = useProblem(form)
  useLeaveGuard(changed)

  async function save({ name, locale, time_zone, ...settings }: Fields) {
    clear()
    const saved = await run(
      () => saveWorkspace({ name: name.trim(), locale, time_zone, settings }),
      {
        done: t('common.saved'),
        keys: [meQuery.queryKey],
        failed: report,
      },
    )
    if (!saved) return
    client.setQueryData(workspaceQuery.queryKey, saved)
    setChanged(false)
  }

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={save}
      onKeyDown={submitKeys(form)}
      scrollToFirstError
      onValuesChange={() => setChanged(true)}
      initialValues={{
        name: workspace.name,
        locale: workspace.locale,
        time_zone: workspace.time_zone,
        undo_send_seconds: number(workspace.settings.undo_send_seconds, 6),
        reopen_days: number(workspace.settings.reopen_days, 14),
        open_children: rules.find((rule) => rule === workspace.settings.open_children) ?? 'ask',
        open_items: rules.find((rule) => rule === workspace.settings.open_items) ?? 'refuse',
        own_approval: workspace.settings.own_approval === 'allow' ? 'allow' : 'refuse',
      }}
    >
      <Card title={t('admin.workspace.general')}>
        <RequiredText name="name" label={t('kit.name')} maxLength={120} />
        <Two>
          <Form.Item name="time_zone" label={t('kit.timeZone')}>
            <TimeZonePicker />
          </Form.Item>
          <Form.Item name="locale" label={t('admin.workspace.locale')}>
            <Select
              options={(['zh-CN', 'en'] as const).map((value) => ({
                value,
                label: t(`kit.language.${value}`),
              }))}
            />
          </Form.Item>
        </Two>
      </Card>
      <Card title={t('admin.workspace.policy')}>
        <Form.Item
          name="undo_send_seconds"
          label={t('admin.workspace.undo')}
          extra={t('admin.workspace.undoHint')}
        >
          <InputNumber min={0} max={60} suffix={t('admin.workspace.seconds')} />
        </Form.Item>
        <Form.Item
          name="reopen_days"
          label={t('admin.workspace.reopen')}
          extra={t('admin.workspace.reopenHint')}
        >
          <InputNumber min={0} max={365} suffix={t('admin.workspace.days')} />
        </Form.Item>
        <Form.Item
          name="open_children"
          label={t('admin.workspace.openChildren')}
          extra={t('admin.workspace.openChildrenHint')}
        >
          <Select
            options={rules.map((value) => ({
              value,
              label: t(`admin.workspace.openChildrenRules.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="open_items"
          label={t('admin.workspace.openItems')}
          extra={t('admin.workspace.openItemsHint')}
        >
          <Select
            options={rules.map((value) => ({
              value,
              label: t(`admin.workspace.openChildrenRules.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="own_approval"
          label={t('admin.workspace.ownApproval')}
          extra={t('admin.workspace.ownApprovalHint')}
          style={{ marginBottom: 0 }}
        >
          <Select
            options={(['refuse', 'allow'] as const).map((value) => ({
              value,
              label: t(`admin.workspace.ownApprovalRules.${value}`),
            }))}
          />
        </Form.Item>
      </Card>
      {problem && (
        <ConfirmBar tone="danger" title={problem}>
          {null}
        </ConfirmBar>
      )}
      <Button type="primary" htmlType="submit" loading={busy !== null} disabled={!changed}>
        {t('common.save')}
      </Button>
    </Form>
  )
}
