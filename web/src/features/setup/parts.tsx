import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n'
import styles from './setup.module.css'
import type { StepId } from './steps'

interface Props {
  id: StepId
  /** The buttons below, from left to right. */
  foot?: ReactNode
  children: ReactNode
}

export function StepFrame({ id, foot, children }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <h2>{t(`setup.${id}.title`)}</h2>
      <p className={styles.lead}>{t(`setup.${id}.lead`)}</p>
      {children}
      {foot && <div className={styles.foot}>{foot}</div>}
    </>
  )
}

export function Next({ onClick, skip = false }: { onClick: () => void; skip?: boolean }) {
  const { t } = useTranslation()
  return skip ? (
    <Button type="text" onClick={onClick}>
      {t('setup.skip')}
    </Button>
  ) : (
    <Button type="primary" onClick={onClick}>
      {t('setup.next')}
    </Button>
  )
}
