import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Progress } from 'antd'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { type Bulk, bulkQuery, cancelBulk, isRunning, undoBulk } from '@/shared/api/bulk'
import { useBulk } from '@/shared/bulk'
import { useTranslation } from '@/shared/i18n'
import { errorText, IconButton } from '@/shared/ui'
import styles from './bulk.module.css'

/** How far the work is; cancel while it runs, undo afterwards. */
export function BulkProgress() {
  const { id, show } = useBulk()
  const { data } = useQuery({ ...bulkQuery(id ?? ''), enabled: id !== null })
  const running = isRunning(data)
  const client = useQueryClient()
  const ended = data !== undefined && !running
  useEffect(() => {
    if (!ended) return
    void client.invalidateQueries({ queryKey: ['tickets'] })
    void client.invalidateQueries({ queryKey: ['views'] })
    void client.invalidateQueries({ queryKey: ['ticket'] })
  }, [ended, client])
  if (!id || !data) return null
  return <Panel bulk={data} running={running} close={() => show(null)} />
}

function Panel({ bulk, running, close }: { bulk: Bulk; running: boolean; close: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const show = useBulk((state) => state.show)
  const gone = bulk.done + bulk.skipped + bulk.failed
  const reasons = Object.entries(bulk.reasons)

  async function act(work: () => Promise<Bulk>) {
    try {
      const next = await work()
      client.setQueryData(bulkQuery(next.id).queryKey, next)
      show(next.id)
    } catch (error) {
      message.error(errorText(t, error))
    }
  }
  return (
    <section className={styles.panel} aria-label={t('bulk.title')}>
      <header>
        <strong>{t(`bulk.state.${bulk.kind}.${running ? 'running' : 'over'}`)}</strong>
        <IconButton icon={X} size="small" label={t('common.close')} onClick={close} />
      </header>
      <Progress
        percent={Math.floor((gone * 100) / Math.max(1, bulk.total))}
        status={running ? 'active' : 'normal'}
        aria-label={t('bulk.title')}
        size="small"
      />
      <p role="status">
        {t('bulk.counts', { done: bulk.done, total: bulk.total })}
        {bulk.skipped > 0 && ` · ${t('bulk.skipped', { count: bulk.skipped })}`}
        {bulk.failed > 0 && ` · ${t('bulk.failed', { count: bulk.failed })}`}
      </p>
      {reasons.length > 0 && (
        <ul>
          {reasons.map(([reason, count]) => (
            <li key={reason}>
              {t(`bulk.reasons.${reason}` as 'bulk.reasons.nothing_to_do', {
                defaultValue: reason,
              })}{' '}
              · {count}
            </li>
          ))}
        </ul>
      )}
      <footer>
        {running && (
          <Button size="small" onClick={() => void act(() => cancelBulk(bulk.id))}>
            {t('common.cancel')}
          </Button>
        )}
        {!running && bulk.kind === 'run' && bulk.done > 0 && !bulk.undone_by && (
          <Button size="small" onClick={() => void act(() => undoBulk(bulk.id))}>
            {t('macros.undo')}
          </Button>
        )}
      </footer>
    </section>
  )
}
