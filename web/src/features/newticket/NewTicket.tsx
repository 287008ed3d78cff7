import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Form, Modal } from 'antd'
import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react'
import { DraftFields, type DraftProps, type FieldProblem, fieldProblems } from '@/features/fields'
import { api, createTicket, type Priority } from '@/shared/api'
import { type FieldValues, fieldsQuery } from '@/shared/api/fields'
import { fitting, shownLayoutsQuery } from '@/shared/api/layouts'
import { needWords, useTranslation } from '@/shared/i18n'
import { submitKeys, useLeaveGuard, useProblem } from '@/shared/page'
import { applyTicket } from '@/shared/realtime'
import { ConfirmBar } from '@/shared/ui'
import { formParts } from './formParts'
import styles from './NewTicket.module.css'

const LaidForm = lazy(async () => {
  const [module] = await Promise.all([import('./LaidForm'), needWords('layouts', 'fields')])
  return module
})

interface Fields {
  email: string
  name?: string
  subject: string
  body: string
  priority: Priority
  tags: string[]
  /** Only where a layout asks for it. */
  type?: string
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
  const type = Form.useWatch('type', form) ?? 'question'
  const key = useMemo(() => crypto.randomUUID(), [])
  const layout = fitting(useQuery(shownLayoutsQuery('new')).data, type, 'api')
  const parts = formParts(t, {
    people,
    search: setTyped,
    name: (name) => form.setFieldValue('name', name),
  })
  const entered: DraftProps = {
    asked: { object: 'ticket', use: 'new', type, channel: 'api', priority },
    values: fields,
    change: (next) => {
      setFields(next)
      setChanged(true)
    },
    problems: refused,
  }

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
        {layout ? (
          <Suspense fallback={null}>
            <LaidForm layout={layout} parts={parts} own={own.length > 0 ? entered : null} />
          </Suspense>
        ) : (
          <>
            {parts.requester}
            {parts.subject}
            {parts.body}
            <div className={styles.pair}>
              {parts.priority}
              {parts.tags}
            </div>
            {own.length > 0 && (
              <Suspense fallback={null}>
                <DraftFields {...entered} />
              </Suspense>
            )}
          </>
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
