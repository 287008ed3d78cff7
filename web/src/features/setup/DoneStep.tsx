import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CircleCheckBig } from 'lucide-react'
import { meQuery } from '@/shared/api'
import { completeSetup, setupQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import styles from './setup.module.css'

export function DoneStep() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { run, busy } = useAction()

  async function finish() {
    const done = await run(() => completeSetup().then(() => true), {
      keys: [setupQuery.queryKey],
    })
    if (!done) return
    client.setQueryData(meQuery.queryKey, (me) =>
      me ? { ...me, workspace: { ...me.workspace, setup_done: true } } : me,
    )
    await navigate({ to: '/inbox' })
  }
  return (
    <div className={styles.done}>
      <CircleCheckBig size={44} strokeWidth={1.5} aria-hidden="true" />
      <h2>{t('setup.done.title')}</h2>
      <p className={styles.lead}>{t('setup.done.lead')}</p>
      <Button type="primary" size="large" loading={busy !== null} onClick={() => void finish()}>
        {t('setup.done.finish')}
      </Button>
    </div>
  )
}
