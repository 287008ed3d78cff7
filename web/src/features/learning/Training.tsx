import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { useEffect } from 'react'
import {
  cancelTraining,
  learningKey,
  learningQuery,
  type ModelVersion,
  trainingQuery,
} from '@/shared/api/learning'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import styles from './learning.module.css'

const stages = ['waiting', 'reading', 'vectors', 'fitting', 'measuring', 'done'] as const
type Stage = (typeof stages)[number]
// How far each stage begins, in percent of the whole: vectors of texts are what takes time.
const begins: Record<Stage, number> = {
  waiting: 0,
  reading: 2,
  vectors: 5,
  fitting: 65,
  measuring: 95,
  done: 100,
}

/** How far a training is, and the way out of it. */
export function Training({ version }: { version: ModelVersion }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { run, busy } = useAction()
  const { data = version } = useQuery(trainingQuery(version.id))
  const isOver = data.state !== 'training'
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: [...learningKey] })
  }, [isOver, client])
  if (isOver) return null
  const stage = stages.find((one) => one === data.stage) ?? 'waiting'
  const cancel = () =>
    run(() => cancelTraining(version.id), { keys: [learningQuery.queryKey, [...learningKey]] })
  return (
    <section className={styles.training} aria-label={t('learning.training')} aria-live="polite">
      <div className={styles.steps}>
        <b>{t('learning.trainingOf', { number: data.number })}</b>
        <span className={styles.stage}>
          {t(`learning.stages.${stage}`)}
          {stage === 'vectors' && data.total > 0 && ` ${data.done} / ${data.total}`}
        </span>
        <Button size="small" loading={busy !== null} onClick={() => void cancel()}>
          {t('common.cancel')}
        </Button>
      </div>
      <Progress
        percent={percentOf(stage, data)}
        showInfo={false}
        size="small"
        aria-label={t('learning.training')}
      />
    </section>
  )
}

function percentOf(stage: Stage, { done, total }: Pick<ModelVersion, 'done' | 'total'>) {
  const next = begins[stages[stages.indexOf(stage) + 1] ?? 'done']
  const part = total > 0 ? Math.min(1, done / total) : 0
  return Math.round(begins[stage] + (next - begins[stage]) * part)
}
