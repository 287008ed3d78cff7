import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useEffect } from 'react'
import { type Check, cancelCheck, checkQuery, healthKey } from '@/shared/api/upkeep'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Time } from '@/shared/ui'
import styles from './health.module.css'

// How far each stage begins, in percent of the whole: understanding questions is what takes time.
const begins = { waiting: 0, reading: 2, questions: 8, gaps: 60, stale: 70, contradictions: 88 }
const order = ['waiting', 'reading', 'questions', 'gaps', 'stale', 'contradictions'] as const

/** When was looked last, or how far the look is that runs. */
export function CheckBar({ check }: { check: Check | null }) {
  const { t } = useTranslation()
  if (!check) return <p className={styles.last}>{t('upkeep.never')}</p>
  if (check.state === 'running') return <Running key={check.id} check={check} />
  const when = <Time at={check.finished_at ?? check.started_at} />
  const said =
    check.state === 'done'
      ? t('upkeep.last', {
          when: '\u0001',
          questions: check.questions,
          articles: check.articles,
          answers: check.answers,
        })
      : t(`upkeep.${check.state}`, { when: '\u0001' })
  const [before, after] = said.split('\u0001')
  return (
    <p className={styles.last} role="status">
      {before}
      {when}
      {after}
      {check.state === 'done' && !check.encoder && ` · ${t('upkeep.byWords')}`}
    </p>
  )
}

function Running({ check }: { check: Check }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { run, busy } = useAction()
  const { data = check } = useQuery(checkQuery(check.id))
  const isOver = data.state !== 'running'
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: healthKey })
  }, [isOver, client])
  return (
    <section className={styles.running} aria-label={t('upkeep.checking')} aria-live="polite">
      <div>
        <b>{t('upkeep.checking')}</b>
        <span>
          {t(`upkeep.stages.${data.stage}`)}
          {data.total > 0 && ` ${data.done} / ${data.total}`}
        </span>
        <Button
          size="small"
          loading={busy !== null}
          disabled={isOver}
          onClick={() => void run(() => cancelCheck(check.id), { keys: [healthKey] })}
        >
          {t('common.cancel')}
        </Button>
      </div>
      <Progress
        percent={percentOf(data)}
        showInfo={false}
        size="small"
        aria-label={t('upkeep.checking')}
      />
    </section>
  )
}

function percentOf({ stage, done, total }: Check): number {
  const next = order[order.indexOf(stage) + 1]
  const end = next ? begins[next] : 100
  const part = total > 0 ? Math.min(1, done / total) : 0
  return Math.round(begins[stage] + (end - begins[stage]) * part)
}
