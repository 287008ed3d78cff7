import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { type Bulk, bulkQuery, isRunning } from '@/shared/api/bulk'
import { useBulk } from '@/shared/bulk'
import { useTranslation } from '@/shared/i18n'
import { IconButton, Kbd, useStable } from '@/shared/ui'
import { offerUndo, undoKey } from '@/shared/undo'
import { Anyway } from './Anyway'
import styles from './bulk.module.css'
import { useAct } from './useAct'
import { useReason } from './useReason'

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
  const { busy, cancel, undo } = useAct()
  const reason = useReason()
  const undoable = !running && bulk.kind === 'run' && bulk.done > 0 && !bulk.undone_by
  const takeBack = useStable(() => void undo(bulk.id))
  useEffect(() => (undoable ? offerUndo(takeBack) : undefined), [undoable, takeBack])
  const gone = bulk.done + bulk.skipped + bulk.failed
  const reasons = Object.entries(bulk.reasons)

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
          {reasons.map(([code, count]) => (
            <li key={code}>
              {reason(code)} · {count}
            </li>
          ))}
        </ul>
      )}
      <footer>
        <Link to="/bulk" onClick={close}>
          {t('bulk.all')}
        </Link>
        {running && (
          <Button size="small" loading={busy} onClick={() => void cancel(bulk.id)}>
            {t('common.cancel')}
          </Button>
        )}
        {!running && <Anyway bulk={bulk} />}
        {undoable && (
          <Button size="small" loading={busy} onClick={() => void undo(bulk.id)}>
            {t('macros.undo')} <Kbd keys={undoKey} />
          </Button>
        )}
      </footer>
    </section>
  )
}
