import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { ApiError, type Credentials, meQuery, signIn } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { usePreferences } from '@/shared/theme'
import { ConfirmBar, errorText } from '@/shared/ui'
import styles from './SignIn.module.css'
import { type Step, stepAfter } from './steps'

export function SignIn({ next }: { next?: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '' })
  const [step, setStep] = useState<Step>({ kind: 'password' })
  const [problem, setProblem] = useState('')
  const [busy, setBusy] = useState(false)
  const set = (change: Partial<Credentials>) => setCredentials((old) => ({ ...old, ...change }))

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setProblem('')
    try {
      const me = await signIn(credentials)
      client.clear()
      client.setQueryData(meQuery.queryKey, me)
      await navigate({ to: next ?? '/', replace: true })
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
    <main className={styles.page}>
      <div className={styles.card}>
        <Brand />
        <h1>{t('signIn.title')}</h1>
        <p className={styles.lead}>{t('signIn.lead')}</p>
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
      </div>
      <LanguageSwitch />
    </main>
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
          autoFocus
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

function Brand() {
  const { t } = useTranslation()
  return (
    <div className={styles.brand}>
      <img src="/favicon.svg" alt="" width="34" height="34" />
      <span>{t('app.name')}</span>
    </div>
  )
}

function LanguageSwitch() {
  const locale = usePreferences((p) => p.locale)
  const set = usePreferences((p) => p.set)
  const other = locale === 'en' ? 'zh-CN' : 'en'
  return (
    <Button type="text" lang={other} onClick={() => set({ locale: other })}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  )
}
