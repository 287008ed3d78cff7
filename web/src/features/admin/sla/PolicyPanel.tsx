import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, Select } from 'antd'
import { Suspense } from 'react'
import { stepsOf } from '@/features/macros'
import { ConditionBuilder } from '@/features/views'
import { statusesQuery } from '@/shared/api'
import {
  calendarsQuery,
  type NewSlaPolicy,
  policiesQuery,
  recomputationQuery,
  removePolicy,
  type SlaPolicy,
  savePolicy,
} from '@/shared/api/sla'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, SwitchField } from '@/shared/page'
import { Skeleton } from '@/shared/ui'
import { StepsEditor } from './StepsEditor'
import { TargetsEditor } from './TargetsEditor'

const fresh: NewSlaPolicy = {
  name: '',
  active: true,
  calendar_id: null,
  condition: { all: [] },
  pause: { categories: ['waiting'], statuses: [], snoozed: false },
  targets: [
    {
      key: 'first_response',
      kind: 'first_response',
      name: '',
      minutes: { low: 480, normal: 240, high: 60, urgent: 30 },
      pausable: true,
      warn_minutes: null,
    },
    {
      key: 'resolution',
      kind: 'resolution',
      name: '',
      minutes: { low: 4800, normal: 2400, high: 960, urgent: 480 },
      pausable: true,
      warn_minutes: null,
    },
  ],
  escalations: [
    {
      key: 'before',
      after: -30,
      targets: [],
      notify: { assignee: true, team: false, agents: [], teams: [] },
      actions: [],
    },
  ],
}

interface Props {
  policy: SlaPolicy | null
  others: SlaPolicy[]
  close: () => void
}

export function PolicyPanel({ policy, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewSlaPolicy>()
  const { data: calendars = [] } = useQuery(calendarsQuery)
  const keys = [policiesQuery.queryKey, recomputationQuery.queryKey]
  return (
    <FormPanel
      title={policy?.name ?? t('sla.policies.add')}
      form={form}
      width={720}
      initial={policy ? editable(policy) : fresh}
      submit={() => savePolicy(policy?.id ?? null, bodyOf(form.getFieldsValue(true)))}
      keys={keys}
      close={close}
      removal={
        policy && {
          title: t('sla.policies.removeTitle', { name: policy.name }),
          hint: t('sla.policies.removeHint'),
          run: () => removePolicy(policy.id),
        }
      }
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus={!policy} maxLength={100} />
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('sla.policies.active')} hint={t('sla.policies.activeHint')} />
      </Form.Item>
      <Form.Item name="condition" label={t('sla.policies.condition')}>
        <Condition />
      </Form.Item>
      <Form.Item name="calendar_id" label={t('sla.policies.calendar')}>
        <Select
          allowClear
          placeholder={t('due.always')}
          options={calendars.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="targets" label={t('sla.policies.targets')} extra={t('sla.policies.howLong')}>
        <TargetsEditor />
      </Form.Item>
      <Pauses />
      <Form.Item label={t('sla.policies.escalations')} extra={t('sla.policies.escalationsHint')}>
        <StepsEditor name="escalations" />
      </Form.Item>
    </FormPanel>
  )
}

/** Its code comes when a policy is opened; the form gives it value and change. */
function Condition(field: object) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <ConditionBuilder impersonal without="sla." {...field} />
    </Suspense>
  )
}

const bodyOf = (values: NewSlaPolicy): NewSlaPolicy => ({
  ...values,
  escalations: values.escalations?.map((step) => ({
    ...step,
    actions: stepsOf(step.actions as Parameters<typeof stepsOf>[0]),
  })),
})

/** What may be sent back. */
const editable = ({
  name,
  active,
  calendar_id,
  condition,
  pause,
  targets,
  escalations,
}: SlaPolicy) => ({
  name,
  active,
  calendar_id,
  condition,
  pause,
  targets,
  escalations,
})

function Pauses() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: statuses = [] } = useQuery(statusesQuery)
  return (
    <>
      <Form.Item name={['pause', 'categories']} label={t('sla.policies.pauses')}>
        <Checkbox.Group
          options={(['new', 'open', 'waiting'] as const).map((category) => ({
            value: category,
            label: t(`sla.policies.categories.${category}`),
          }))}
        />
      </Form.Item>
      <Form.Item name={['pause', 'statuses']} label={t('sla.policies.pauseStatuses')}>
        <Select
          mode="multiple"
          options={statuses
            .filter(({ category }) => category !== 'resolved' && category !== 'closed')
            .map((status) => ({
              value: status.id,
              label: localized(status.name, locale, status.id),
            }))}
        />
      </Form.Item>
      <Form.Item name={['pause', 'snoozed']} valuePropName="checked">
        <SwitchField label={t('sla.policies.pauseSnoozed')} />
      </Form.Item>
    </>
  )
}
