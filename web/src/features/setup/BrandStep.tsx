import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, ColorPicker, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { TimeZonePicker } from '@/features/admin'
import { meQuery } from '@/shared/api'
import {
  type Brand,
  brandsQuery,
  keep,
  saveWorkspace,
  type Workspace,
  workspaceQuery,
} from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import {
  QueryView,
  RequiredText,
  submitKeys,
  Two,
  useAction,
  useLeaveGuard,
  useProblem,
} from '@/shared/page'
import { ConfirmBar } from '@/shared/ui'
import { StepFrame } from './parts'
import styles from './setup.module.css'

const brands = keep('brands')

export function BrandStep({ next }: { next: () => void }) {
  const workspace = useQuery(workspaceQuery)
  const { data = [] } = useQuery(brandsQuery)
  return (
    <StepFrame id="brand">
      <QueryView query={workspace}>
        {(found) => <Fields workspace={found} brand={data[0] ?? null} next={next} />}
      </QueryView>
    </StepFrame>
  )
}

interface Values {
  workspace: string
  locale: Workspace['locale']
  time_zone: string
  name: string
  color: string
}

function Fields({
  workspace,
  brand,
  next,
}: {
  workspace: Workspace
  brand: Brand | null
  next: () => void
}) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const { run, busy } = useAction()
  const { problem, report, clear } = useProblem(form)
  const [changed, setChanged] = useState(false)
  useLeaveGuard(changed)

  async function save({ workspace: title, locale, time_zone, name, color }: Values) {
    clear()
    const done = await run(
      async () => {
        const saved = await saveWorkspace({ name: title.trim(), locale, time_zone })
        client.setQueryData(workspaceQuery.queryKey, saved)
        return brands.save(brand?.id ?? null, { name: name.trim(), color, locale })
      },
      { keys: [brandsQuery.queryKey, meQuery.queryKey], failed: report },
    )
    if (!done) return
    setChanged(false)
    next()
  }
  // The browser knows better where these people are than an untouched default.
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className={styles.form}
      onFinish={save}
      onKeyDown={submitKeys(form)}
      onValuesChange={() => setChanged(true)}
      initialValues={{
        workspace: workspace.name,
        locale: workspace.locale,
        time_zone: workspace.time_zone === 'UTC' ? here : workspace.time_zone,
        name: brand?.name ?? workspace.name,
        color: brand?.color ?? '#0b6b5d',
      }}
    >
      <RequiredText name="workspace" label={t('setup.brand.workspace')} autoFocus maxLength={120} />
      <Two>
        <Form.Item name="time_zone" label={t('kit.timeZone')}>
          <TimeZonePicker />
        </Form.Item>
        <Form.Item name="locale" label={t('kit.locale')}>
          <Select
            options={(['zh-CN', 'en'] as const).map((value) => ({
              value,
              label: t(`kit.language.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('setup.brand.name')}
          extra={t('setup.brand.nameHint')}
          rules={[{ required: true, whitespace: true, message: t('common.required') }]}
        >
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item
          name="color"
          label={t('setup.brand.color')}
          getValueFromEvent={(color) => color.toHexString().slice(0, 7)}
        >
          <ColorPicker showText disabledAlpha format="hex" />
        </Form.Item>
      </Two>
      {problem && (
        <ConfirmBar tone="danger" title={problem}>
          {null}
        </ConfirmBar>
      )}
      <div className={styles.foot}>
        <Button type="primary" htmlType="submit" loading={busy !== null}>
          {t('setup.next')}
        </Button>
      </div>
    </Form>
  )
}
