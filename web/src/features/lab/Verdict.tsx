import type { LabRun } from '@/shared/api/lab'
import { useTranslation } from '@/shared/i18n'
import { Tag, type Tone } from '@/shared/ui'

type Word = NonNullable<NonNullable<LabRun['report']>['comparison']>['verdict']

const tones: Record<Word, Tone> = {
  better: 'ok',
  same: 'neutral',
  tolerated: 'warn',
  worse: 'danger',
  nothing: 'neutral',
}

/** How a run stands beside the one that it is compared with. */
export function Verdict({ run }: { run: LabRun }) {
  const { t } = useTranslation()
  if (run.state !== 'done')
    return (
      <Tag tone={run.state === 'failed' ? 'danger' : 'info'}>{t(`lab.states.${run.state}`)}</Tag>
    )
  const word = run.report?.comparison?.verdict
  return word ? <Tag tone={tones[word]}>{t(`lab.verdicts.${word}`)}</Tag> : null
}
