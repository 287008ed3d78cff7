import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, AutoComplete, Form, Input, Modal, Select } from 'antd'
import { Suspense, useDeferredValue, useMemo, useState } from 'react'
import { DraftFields, type FieldProblem, fieldProblems } from '@/features/fields'
import { api, createTicket, type Priority } from '@/shared/api'
import { type FieldValues, fieldsQuery } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { submitKeys, useLeaveGuard, useProblem } from '@/shared/page'
import { applyTicket } from '@/shared/realtime'
import { ConfirmBar, TagPicker } from '@/shared/ui'
import styles from './NewTicket.module.css'

interface Fields {
  email: string
  name?: string
  subject: string
  body: string
  priority: Priority
  tags: string[]
}

/** Customers whose name or address begins like what was typed, as choices of an address. */
function useKnownPeople(typed: string) {
  const q = useDeferredValue(typed.trim())
  const { data } = useQuery({
    queryKey: ['contacts', 'pick', q],
    queryFn: ({ signal }) => api.get('/contacts', { query: { q, limit: 8 }, signal }),
    enabled: q.length > 1,
  })
  return (data?.items ?? []).flatMap((contact) =>
    (contact.identities ?? [])
      .filter((identity) => identity.kind === 'email')
      .map((identity) => ({
        value: identity.value,
        label: `${contact.name} · ${identity.value}`,
        name: contact.name,
      })),
  )
}

export function NewTicket({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [form] = Form.useForm<Fields>()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const people = useKnownPeople(typed)
  const { problem, report, clear } = useProblem(form)
  const [changed, setChanged] = useState(false)
  const guard = useLeaveGuard(changed)
  const { data: own = [] } = useQuery(fieldsQuery('ticket'))
  const [fields, setFields] = useState<FieldValues>({})
  const [refused, setRefused] = useState<FieldProblem[]>([])
  const priority = Form.useWatch('priority', form)
  const key = useMemo(() => crypto.randomUUID(), [])

  async function create({ email, name, ...rest }: Fields) {
    setBusy(true)
    clear()
    guard.hold(true)
    try {
      const requester = { email: email.trim(), name: name?.trim() || undefined }
      const ticket = await createTicket({ ...rest, requester, fields: filled(fields) }, key)
      applyTicket(client, ticket)
      message.success(t('newTicket.created', { number: ticket.number }))
      close()
      await navigate({ to: '/inbox', search: { view: 'all', ticket: ticket.id } })
    } catch (error) {
      guard.hold(false)
      setRefused(fieldProblems(error))
      report(error)
      setBusy(false)
    }
  }

  return (
    <Modal
      open
      title={t('newTicket.title')}
      onCancel={async () => {
        if (await guard.mayLeave()) close()
      }}
      onOk={form.submit}
      okText={t('newTicket.create')}
      cancelText={t('common.cancel')}
      confirmLoading={busy}
      width={600}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ priority: 'normal', tags: [] }}
        onFinish={create}
        onValuesChange={() => setChanged(true)}
        onKeyDown={submitKeys(form)}
      >
        <div className={styles.pair}>
          <Form.Item
            name="email"
            label={t('newTicket.requester')}
            tooltip={t('newTicket.requesterHint')}
            rules={[{ required: true, type: 'email', message: t('newTicket.needEmail') }]}
          >
            <AutoComplete
              options={people}
              onSearch={setTyped}
              onSelect={(_value, option) => form.setFieldValue('name', option.name)}
            >
              <Input autoFocus inputMode="email" />
            </AutoComplete>
          </Form.Item>
          <Form.Item name="name" label={t('newTicket.requesterName')}>
            <Input />
          </Form.Item>
        </div>
        <Form.Item
          name="subject"
          label={t('newTicket.subject')}
          rules={[{ required: true, whitespace: true, message: t('newTicket.needSubject') }]}
        >
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item
          name="body"
          label={t('newTicket.body')}
          rules={[{ required: true, whitespace: true, message: t('newTicket.needBody') }]}
        >
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} />
        </Form.Item>
        <div className={styles.pair}>
          <Form.Item name="priority" label={t('newTicket.priority')}>
            <Select
              options={(['low', 'normal', 'high', 'urgent'] as const).map((priority) => ({
                value: priority,
                label: t(`priority.${priority}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="tags" label={t('newTicket.tags')}>
            <TagField />
          </Form.Item>
        </div>
        {own.length > 0 && (
          <Suspense fallback={null}>
            <DraftFields
              asked={{ object: 'ticket', use: 'new', type: 'question', channel: 'api', priority }}
              values={fields}
              change={(next) => {
                setFields(next)
                setChanged(true)
              }}
              problems={refused}
            />
          </Suspense>
        )}
        {problem && (
          <ConfirmBar tone="danger" title={problem}>
            {null}
          </ConfirmBar>
        )}
        {/* Enter sends it: the button stands outside of the form. */}
        <input type="submit" hidden disabled={busy} />
      </Form>
    </Modal>
  )
}

/** A key once sent is the same request: what is empty is left out, so that nothing differs. */
const filled = (fields: FieldValues) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))

function TagField({
  value = [],
  onChange,
}: {
  value?: string[]
  onChange?: (tags: string[]) => void
}) {
  const { t } = useTranslation()
  return (
    <TagPicker
      value={value}
      onChange={(tags) => onChange?.(tags)}
      label={t('newTicket.tags')}
      placeholder={t('ticket.addTag')}
      variant="outlined"
    />
  )
}
