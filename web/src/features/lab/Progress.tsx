import { Button, Progress as Line } from 'antd'
import { cancelRun, type LabRun, labKey } from '@/shared/api/lab'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import styles from './lab.module.css'

/** How far a run is, and the way out of it. */
export function Progress({ run }: { run: LabRun }) {
  const { t } = useTranslation()
  const action = useAction()
  return (
    <section className={styles.progress} aria-label={t('lab.states.running')} aria-live="polite">
      <div className={styles.steps}>
        <b>{t('lab.run', { number: run.number })}</b>
        <span>
          {run.state === 'waiting'
            ? t('lab.states.waiting')
            : t('lab.progress', { done: run.done, total: run.total })}
        </span>
        {run.change_id === null && run.cause !== 'base' && (
          <Button
            size="small"
            loading={action.busy !== null}
            onClick={() => void action.run(() => cancelRun(run.id), { keys: [[...labKey]] })}
          >
            {t('lab.cancel')}
          </Button>
        )}
      </div>
      <Line
        percent={run.total ? Math.round((run.done / run.total) * 100) : 0}
        showInfo={false}
        size="small"
        aria-label={t('lab.states.running')}
      />
    </section>
  )
}
