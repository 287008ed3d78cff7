import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { CloudOff, Lock, SearchX, TriangleAlert } from 'lucide-react'
import { ApiError } from '../api'
import { useTranslation } from '../i18n'
import { ButtonLink } from './ButtonLink'
import styles from './states.module.css'

/** What to tell people about a refusal. The server's own words are kept where they say more. */
export function errorText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('errors.title')
  if (error.status === 0) return t('errors.unreachable')
  const words = t(`errors.codes.${error.code}` as 'errors.codes.conflict', { defaultValue: '' })
  if (words) return words
  if (error.status === 404) return t('errors.notFound')
  if (error.status === 412) return t('errors.stale')
  if (error.status === 429) return t('errors.tooMany')
  if (error.status >= 500) return t('errors.server')
  if (error.status === 403) return error.problem.detail ?? t('errors.forbidden')
  return error.message
}

const iconOf = (error: unknown) => {
  if (!(error instanceof ApiError)) return TriangleAlert
  if (error.status === 0) return CloudOff
  if (error.status === 403) return Lock
  return error.status === 404 ? SearchX : TriangleAlert
}

export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  const Icon = iconOf(error)
  // What does not exist will not exist after another try; on a phone nothing else leads back.
  const missing = error instanceof ApiError && error.status === 404
  return (
    <div className={styles.state} role="alert">
      <Icon size={28} strokeWidth={1.4} aria-hidden="true" />
      <p className={styles.title}>{errorText(t, error)}</p>
      {error instanceof ApiError && error.requestId && (
        <p className={styles.reference}>{t('errors.reference', { id: error.requestId })}</p>
      )}
      <div className={styles.actions}>
        {missing ? (
          <ButtonLink to="/inbox">{t('errors.goHome')}</ButtonLink>
        ) : (
          retry && <Button onClick={retry}>{t('common.retry')}</Button>
        )}
      </div>
    </div>
  )
}

/** The screen of somebody who lacks a permission. */
export function Denied({ permission }: { permission: string }) {
  const { t } = useTranslation()
  return (
    <div className={styles.state}>
      <Lock size={28} strokeWidth={1.4} aria-hidden="true" />
      <p className={styles.title}>{t('errors.forbidden')}</p>
      <p className={styles.hint}>{t('errors.forbiddenHint', { permission })}</p>
    </div>
  )
}
