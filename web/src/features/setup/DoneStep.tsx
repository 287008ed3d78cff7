import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { CircleCheckBig } from 'lucide-react'
import { meQuery } from '@/shared/api'
import { completeSetup, setupQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { useOverlay } from '@/shared/overlay'
import { useAction } from '@/shared/page'
import styles from './setup.module.css'

export function DoneStep() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { run, busy } = useAction()
  const show = useOverlay((state) => state.show)

  async function finish(tour = false) {
    const done = await run(() => completeSetup().then(() => true), {
      keys: [setupQuery.queryKey],
    })
    if (!done) return
    client.setQueryData(meQuery.queryKey, (me) =>
      me ? { ...me, workspace: { ...me.workspace, setup_done: true } } : me,
    )
    await navigate({ to: '/inbox' })
    if (tour) show('tour')
  }
  return (
    <div className={styles.done}>
      <CircleCheckBig size={44} strokeWidth={1.5} aria-hidden="true" />
      <h2>{t('setup.done.title')}</h2>
      <p className={styles.lead}>{t('setup.done.lead')}</p>
      <div className={styles.foot}>
        <Button type="primary" size="large" loading={busy !== null} onClick={() => void finish()}>
          {t('setup.done.finish')}
        </Button>
        <Button size="large" disabled={busy !== null} onClick={() => void finish(true)}>
          {t('setup.done.tour')}
        </Button>
      </div>
    </div>
  )
}
