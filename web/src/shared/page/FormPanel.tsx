import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { App, Button, Drawer, Form, type FormInstance, Input, Switch } from 'antd'
import { type ReactNode, useState } from 'react'
import { ApiError } from '../api'
import { useTranslation } from '../i18n'
import { ConfirmBar, errorText } from '../ui'
import { submitKeys } from './formKeys'
import styles from './page.module.css'
import { RemoveButton } from './RemoveButton'
import { useLeaveGuard } from './useLeaveGuard'

interface Removal {
  title: string
  hint?: string
  disabled?: boolean
  run: () => Promise<unknown>
  after?: () => void
}

interface Props<T> {
  title: string
  form: FormInstance<T>
  initial: Partial<T>
  /** A refusal is shown in the panel, at the field when the server names one. */
  submit: (values: T) => Promise<unknown>
  /** What must be fetched again when it is saved. */
  keys?: QueryKey[]
  /** Said when it is saved; null to say nothing. */
  done?: string | null
  close: () => void
  submitText?: string
  width?: number
  /** What is shown can be removed, after a question; the panel closes then. */
  removal?: Removal | false | null
  /** On the left of the foot: what else destroys. */
  danger?: ReactNode
  readOnly?: boolean
  children: ReactNode
}

type FieldName = Parameters<FormInstance['setFields']>[0][number]['name']

// Refusals that are about one thing without naming a field: the first of these that the form has.
const fieldsOf: Record<string, string[]> = {
  address_invalid: ['email', 'value'],
  email_taken: ['email'],
  identity_invalid: ['value', 'email', 'phone'],
  identity_taken: ['value', 'email', 'phone'],
  weak_password: ['password', 'next'],
}

export function useProblem<T>(form: FormInstance<T>) {
  const { t } = useTranslation()
  const [problem, setProblem] = useState<string | null>(null)
  const report = (error: unknown) => {
    const named = error instanceof ApiError ? (error.problem.errors ?? []) : []
    if (error instanceof ApiError && typeof error.problem.field === 'string') {
      named.push({ field: error.problem.field, message: error.message })
    }
    if (error instanceof ApiError && named.length === 0) {
      const field = fieldsOf[error.code]?.find((name) => form.getFieldInstance(name as never))
      if (field) named.push({ field, message: errorText(t, error) })
    }
    const known = named.filter(({ field }) => field)
    if (known.length > 0) {
      form.setFields(
        known.map(({ field, message }) => ({
          // The server names a nested field by its path.
          name: String(field).split('.') as FieldName as never,
          errors: [message],
        })),
      )
    }
    setProblem(errorText(t, error))
  }
  return { problem, report, clear: () => setProblem(null) }
}

export function FormPanel<T extends object>(props: Props<T>) {
  const { form, submit, readOnly = false } = props
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const { problem, report, clear } = useProblem(form)
  const [changed, setChanged] = useState(false)
  const guard = useLeaveGuard(changed && !readOnly)
  const close = async () => {
    if (await guard.mayLeave()) props.close()
  }

  async function send(values: T) {
    setBusy(true)
    clear()
    guard.hold(true)
    try {
      await submit(values)
      await Promise.all(
        (props.keys ?? []).map((queryKey) => client.invalidateQueries({ queryKey })),
      )
      if (props.done !== null) message.success(props.done ?? t('common.saved'))
      props.close()
    } catch (error) {
      guard.hold(false)
      report(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Drawer
      open
      title={props.title}
      onClose={() => void close()}
      size={props.width ?? 460}
      styles={{ wrapper: { maxWidth: '100vw' }, footer: { paddingInline: 24 } }}
      footer={
        <div className={styles.panelFoot}>
          {props.danger && <span className="danger">{props.danger}</span>}
          {props.removal && <Remove {...props.removal} keys={props.keys} close={props.close} />}
          <span style={{ marginLeft: 'auto' }} />
          <Button onClick={() => void close()}>
            {readOnly ? t('common.close') : t('common.cancel')}
          </Button>
          {!readOnly && (
            <Button type="primary" loading={busy} onClick={form.submit}>
              {props.submitText ?? t('common.save')}
            </Button>
          )}
        </div>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={readOnly}
        initialValues={props.initial as never}
        onFinish={(values) => void send(values as T)}
        onValuesChange={() => setChanged(true)}
        onKeyDown={submitKeys(form)}
        className={styles.form}
        scrollToFirstError
      >
        {problem && (
          <ConfirmBar tone="danger" title={problem}>
            {null}
          </ConfirmBar>
        )}
        {props.children}
        {/* The button is in the foot; without one in the form Enter would not send it. */}
        {!readOnly && <input type="submit" hidden disabled={busy} />}
      </Form>
    </Drawer>
  )
}

function Remove({ run, after, close, ...rest }: Removal & Pick<Props<object>, 'keys' | 'close'>) {
  const gone = () => {
    close()
    after?.()
  }
  return (
    <span className="danger">
      <RemoveButton {...rest} remove={run} then={gone} />
    </span>
  )
}

interface RequiredProps {
  name: string
  label: string
  maxLength: number
  autoFocus?: boolean
}

/** A line that must not stay empty: a name, a title. */
export function RequiredText({ name, label, ...rest }: RequiredProps) {
  const { t } = useTranslation()
  const rules = [{ required: true, whitespace: true, message: t('common.required') }]
  return (
    <Form.Item name={name} label={label} rules={rules}>
      <Input {...rest} />
    </Form.Item>
  )
}

interface SwitchProps {
  label: string
  hint?: string
  id?: string
  checked?: boolean
  onChange?: (on: boolean) => void
  disabled?: boolean
}

/** A switch with its words beside it. As a field: `<Form.Item valuePropName="checked">`. */
export function SwitchField({ label, hint, ...rest }: SwitchProps) {
  return (
    <label className={styles.switch}>
      <Switch size="small" aria-label={label} {...rest} />
      <span>{label}</span>
      {hint && <small>{hint}</small>}
    </label>
  )
}
