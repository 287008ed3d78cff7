import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { ApiError, type Credentials, type Me, signIn } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { ConfirmBar, errorText } from '@/shared/ui'
import styles from './SignIn.module.css'
import { type Step, stepAfter } from './steps'

interface Props {
  /** Who it was, when somebody signs in again. */
  email?: string
  signedIn: (me: Me) => unknown
}

export function SignInForm({ email = '', signedIn }: Props) {
  const { t } = useTranslation()
  const [credentials, setCredentials] = useState<Credentials>({ email, password: '' })
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const set = (change: Partial<Credentials>) => setCredentials((old) => ({ ...old, ...change }))

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setProblem('')
    try {
      await signedIn(await signIn(credentials))
    } catch (error) {
      const following = stepAfter(step, error)
      if (following) setStep(following)
      else setProblem(problemText(error))
    } finally {
      setBusy(false)
    }
  }

  function problemText(error: unknown) {
    if (!(error instanceof ApiError)) return t('errors.title')
    if (error.status === 429) return t('signIn.tooMany')
    if (error.status !== 401) return errorText(t, error)
    return step.kind === 'code' ? t('signIn.invalidCode') : t('signIn.invalid')
  }

  return (
    <form onSubmit={submit} className={styles.form}>
      <Fields step={step} credentials={credentials} set={set} />
      {problem && (
        <ConfirmBar tone="danger" title={problem}>
          {null}
        </ConfirmBar>
      )}
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {step.kind === 'password' ? t('signIn.submit') : t('signIn.continue')}
      </Button>
      {step.kind !== 'password' && (
        <Button type="link" block onClick={() => setStep({ kind: 'password' })}>
          {t('signIn.startOver')}
        </Button>
      )}
    </form>
  )
}

interface FieldsProps {
  step: Step
  credentials: Credentials
  set: (change: Partial<Credentials>) => void
}

function Fields({ step, credentials, set }: FieldsProps) {
  const { t } = useTranslation()
  if (step.kind === 'code') {
    return (
      <label className={styles.field}>
        <span>{t('signIn.code')}</span>
        <Input
          size="large"
          autoFocus
          autoComplete="one-time-code"
          inputMode="numeric"
          aria-describedby="code-hint"
          value={credentials.code ?? ''}
          onChange={(event) => set({ code: event.target.value.trim() })}
        />
        <small id="code-hint">{t('signIn.codeHint')}</small>
      </label>
    )
  }
  if (step.kind === 'workspace') {
    return (
      <div className={styles.field}>
        <span>{t('signIn.workspace')}</span>
        <Select
          size="large"
          aria-label={t('signIn.workspace')}
          value={credentials.workspace}
          onChange={(workspace) => set({ workspace })}
          options={step.workspaces.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
      </div>
    )
  }
  return (
    <>
      <label className={styles.field}>
        <span>{t('signIn.email')}</span>
        <Input
          size="large"
          type="email"
          name="email"
          autoFocus={!credentials.email}
          required
          autoComplete="username"
          value={credentials.email}
          onChange={(event) => set({ email: event.target.value })}
        />
      </label>
      <label className={styles.field}>
        <span>{t('signIn.password')}</span>
        <Input.Password
          size="large"
          name="password"
          required
          autoComplete="current-password"
          value={credentials.password}
          onChange={(event) => set({ password: event.target.value })}
        />
      </label>
    </>
  )
}
