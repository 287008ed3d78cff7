import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { meQuery } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { usePreferences } from '@/shared/theme'
import styles from './SignIn.module.css'
import { SignInForm } from './SignInForm'

export function SignIn({ next }: { next?: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const client = useQueryClient()
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Brand />
        <h1>{t('signIn.title')}</h1>
        <p className={styles.lead}>{t('signIn.lead')}</p>
        <SignInForm
          signedIn={(me) => {
            client.clear()
            client.setQueryData(meQuery.queryKey, me)
            return navigate({ to: next ?? '/', replace: true })
          }}
        />
      </div>
      <LanguageSwitch />
    </main>
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
