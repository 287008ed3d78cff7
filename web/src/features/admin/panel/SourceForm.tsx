import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input } from 'antd'
import { useMemo, useState } from 'react'
import {
  createPanelSource,
  type PanelKind,
  type PanelSource,
  type PanelSourceIn,
  panelSourcesQuery,
  savePanelSource,
} from '@/shared/api/panel'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, SwitchField, submitKeys, useLeaveGuard, useProblem } from '@/shared/page'
import { ConfirmBar } from '@/shared/ui'
import { underSettings } from '../channels/problemPath'
import { SchemaFields } from '../channels/SchemaFields'
import { fieldsOf, settingsOf, startOf } from '../channels/schema'
import styles from './panel.module.css'
import { Reach } from './Reach'
import { Timing } from './Timing'

type Values = Omit<PanelSourceIn, 'kind' | 'settings'> & { settings: Record<string, unknown> }

const shown = [
  'name',
  'about',
  'role_ids',
  'masks',
  'least_strength',
  'fresh_seconds',
  'kept_seconds',
  'timeout_ms',
  'active',
] as const
const fresh = {
  about: 'customer',
  role_ids: [],
  masks: [],
  least_strength: 1,
  fresh_seconds: 300,
  kept_seconds: 86_400,
  timeout_ms: 3000,
  active: false,
} as const

interface Props {
  kind: PanelKind
  source: PanelSource | null
  suggested?: string
  /** The settings as they stand in the form, for a try before they are saved. */
  changed?: (settings: Record<string, unknown> | null) => void
  saved: (source: PanelSource) => void
}

/** A source: what its kind asks for, and what holds for all of them. */
export function SourceForm({ kind, source, suggested, changed, saved }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const [busy, setBusy] = useState(false)
  const [dirty, setDirty] = useState(false)
  const guard = useLeaveGuard(dirty)
  const { problem, report, clear } = useProblem(form)
  const fields = useMemo(() => fieldsOf(kind.settings_schema, locale), [kind, locale])
  const initial = source
    ? Object.fromEntries(shown.map((name) => [name, source[name]]))
    : { ...fresh, name: suggested }

  const touched = () => {
    setDirty(true)
    changed?.(settingsOf(fields, form.getFieldValue('settings') ?? {}))
  }
  async function save() {
    const values = form.getFieldsValue(true) as Values
    setBusy(true)
    clear()
    guard.hold(true)
    try {
      const body = { ...values, settings: settingsOf(fields, values.settings ?? {}) }
      const next = source
        ? await savePanelSource(source.id, body)
        : await createPanelSource({ ...body, kind: kind.id })
      await client.invalidateQueries({ queryKey: panelSourcesQuery.queryKey })
      message.success(t('common.saved'))
      setDirty(false)
      changed?.(null)
      saved(next)
    } catch (error) {
      report(underSettings(error, 'source_settings_invalid'))
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
      onFinish={() => void save()}
      onValuesChange={touched}
      onKeyDown={submitKeys(form)}
      initialValues={{ ...initial, settings: startOf(fields, source?.settings ?? {}) }}
    >
      <Card title={t('channel.general')}>
        <div className={styles.stack}>
          <Form.Item
            name="name"
            label={t('kit.name')}
            extra={t('panelEdit.nameHint')}
            rules={[{ required: true, whitespace: true, message: t('common.required') }]}
          >
            <Input autoFocus={!source} maxLength={100} />
          </Form.Item>
          <Form.Item name="active" valuePropName="checked">
            <SwitchField label={t('panelEdit.active')} hint={t('panelEdit.activeHint')} />
          </Form.Item>
        </div>
      </Card>
      <Card title={t('channel.settings')}>
        <SchemaFields
          fields={fields}
          path={['settings']}
          stored={(name) => source?.secrets_set.includes(name) ?? false}
        />
      </Card>
      <Card title={t('panelEdit.seenBy')} hint={t('panelEdit.seenHint')}>
        <Reach />
      </Card>
      {!kind.local && (
        <Card title={t('panelEdit.timing')} hint={t('panelEdit.timingHint')}>
          <Timing />
        </Card>
      )}
      {problem && (
        <div style={{ marginBottom: 12 }}>
          <ConfirmBar tone="danger" title={problem}>
            {null}
          </ConfirmBar>
        </div>
      )}
      <div className={styles.foot}>
        <Button type="primary" htmlType="submit" loading={busy}>
          {source ? t('common.save') : t('panelEdit.create')}
        </Button>
      </div>
    </Form>
  )
}
