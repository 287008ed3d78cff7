import { Button } from 'antd'
import type { Step } from '@/shared/api/upkeep'
import { useTranslation } from '@/shared/i18n'
import styles from './health.module.css'

interface Props {
  count: number
  step: Step
  name: string
  open: () => void
}

/** A number that shows what is behind it. */
export function Count({ count, step, name, open }: Props) {
  const { t } = useTranslation()
  if (count === 0) return <span className={styles.number}>0</span>
  const label = t('upkeep.adoption.behind', { step: t(`upkeep.adoption.steps.${step}`), name })
  return (
    <Button
      type="link"
      size="small"
      className={styles.number}
      aria-label={`${count} · ${label}`}
      onClick={open}
    >
      {count}
    </Button>
  )
}
