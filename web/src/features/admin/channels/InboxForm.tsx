import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { type Id, teamsQuery } from '@/shared/api'
import { brandsQuery, type ChannelInfo, type Inbox, inboxesQuery, keep } from '@/shared/api/admin'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, SwitchField, submitKeys, useLeaveGuard, useProblem } from '@/shared/page'
import { ConfirmBar } from '@/shared/ui'
import styles from './Channels.module.css'
import { underSettings } from './problemPath'
import { SchemaFields } from './SchemaFields'
import { type Field, fieldsOf, humanise, sectionsOf, settingsOf, startOf } from './schema'

interface Values {
  name: string
  brand_id: Id
  team_id: Id | null
  active: boolean
  settings: Record<string, unknown>
}
const inboxes = keep('inboxes')

interface Props {
  channel: ChannelInfo
  inbox: Inbox | null
  suggested?: string
  saved: (inbox: Inbox) => void
  submitText?: string
}

/** An inbox and its settings, drawn from what the channel says that it needs. */
export function InboxForm({ channel, inbox, suggested, saved, submitText }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const [busy, setBusy] = useState(false)
  const { problem, report, clear } = useProblem(form)
  const { data: brands = [] } = useQuery(brandsQuery)
  const fields = useMemo(() => fieldsOf(channel.settings_schema, locale), [channel, locale])

  const firstBrand = brands[0]?.id
  useEffect(() => {
    if (firstBrand && !form.getFieldValue('brand_id')) form.setFieldValue('brand_id', firstBrand)
  }, [firstBrand, form])

  const [changed, setChanged] = useState(false)
  const guard = useLeaveGuard(changed)

  async function save(values: Values) {
    setBusy(true)
    clear()
    guard.hold(true)
    try {
      const settings = settingsOf(fields, values.settings ?? {})
      const sent = { ...values, team_id: values.team_id ?? null, settings }
      const next = inbox
        ? await inboxes.change(inbox.id, sent)
        : await inboxes.create({ ...sent, channel: channel.id })
      await client.invalidateQueries({ queryKey: inboxesQuery.queryKey })
      message.success(t('common.saved'))
      form.setFieldValue('settings', startOf(fields, next.settings))
      setChanged(false)
      saved(next)
    } catch (error) {
      report(underSettings(error, 'settings_invalid'))
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
      scrollToFirstError
      onFinish={save}
      onValuesChange={() => setChanged(true)}
      onKeyDown={submitKeys(form)}
      initialValues={{
        name: inbox?.name ?? suggested,
        brand_id: inbox?.brand_id ?? firstBrand,
        team_id: inbox?.team_id ?? undefined,
        active: inbox?.active ?? true,
        settings: startOf(fields, inbox?.settings ?? {}),
      }}
    >
      <Card title={t('channel.general')}>
        <General isNew={inbox === null} />
      </Card>
      <Sections fields={fields} channel={channel} inbox={inbox} />
      {problem && (
        <div style={{ marginBottom: 12 }}>
          <ConfirmBar tone="danger" title={problem}>
            {null}
          </ConfirmBar>
        </div>
      )}
      <div className={styles.foot}>
        <Button type="primary" htmlType="submit" loading={busy}>
          {submitText ?? (inbox ? t('common.save') : t('channel.create'))}
        </Button>
      </div>
    </Form>
  )
}

function General({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation()
  const { data: brands = [] } = useQuery(brandsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  return (
    <div className={styles.fields}>
      <Form.Item
        name="name"
        label={t('kit.name')}
        extra={t('channel.nameHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
        className={styles.wide}
      >
        <Input autoFocus={isNew} maxLength={120} />
      </Form.Item>
      <Form.Item
        name="brand_id"
        label={t('channel.brand')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <Select options={brands.map((brand) => ({ value: brand.id, label: brand.name }))} />
      </Form.Item>
      <Form.Item name="team_id" label={t('channel.team')}>
        <Select
          allowClear
          placeholder={t('channel.noTeam')}
          options={teams.map((team) => ({ value: team.id, label: team.name }))}
        />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked" className={styles.wide}>
        <SwitchField label={t('channel.active')} hint={t('channel.activeHint')} />
      </Form.Item>
    </div>
  )
}

function Sections({
  fields,
  channel,
  inbox,
}: {
  fields: Field[]
  channel: ChannelInfo
  inbox: Inbox | null
}) {
  const { t } = useTranslation()
  const locale = useLocale()
  const words = channel.strings?.[locale] ?? channel.strings?.[locale.slice(0, 2)] ?? {}
  const named = (words.groups ?? {}) as Record<string, string>
  const stored = (name: string) => inbox?.secrets_set.includes(name) ?? false
  return sectionsOf(fields).map((section) => (
    <Card
      key={section.id}
      title={
        section.id === ''
          ? t('channel.settings')
          : section.id === 'more'
            ? t('channel.more')
            : (named[section.id] ??
              t(`channel.sections.${section.id}` as 'channel.sections.imap', {
                defaultValue: humanise(section.id),
              }))
      }
    >
      <SchemaFields fields={section.fields} path={['settings']} stored={stored} />
    </Card>
  ))
}
