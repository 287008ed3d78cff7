import type { Head, ReportCard } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { Tag, type Tone } from '@/shared/ui'
import { percent } from './figures'
import styles from './learning.module.css'
import { useLabelName } from './useLabelName'

type Drift = ReportCard['drift']
const tones: Record<Drift['word'], Tone> = {
  unknown: 'neutral',
  steady: 'ok',
  some: 'warn',
  much: 'danger',
}

/** Whether what comes in now is still like what came before. */
export function Drifted({ head, drift }: { head: Head; drift: Drift }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = useLabelName(head)
  const share = (one: { value: number } | null) => (one ? percent(one.value, locale) : '—')
  const isKnown = drift.word !== 'unknown'
  // What fits no label has its own line.
  const moved = drift.shifts.filter(({ label }) => label !== 'oos').slice(0, 3)
  return (
    <Card
      title={t('learning.drift')}
      hint={t('learning.driftHint')}
      actions={<Tag tone={tones[drift.word]}>{t(`learning.drifts.${drift.word}`)}</Tag>}
    >
      <p>
        {t(`learning.driftWords.${drift.word}`, {
          now: drift.now.messages,
          before: drift.before.messages,
        })}
      </p>
      {drift.learned && drift.learned.word !== 'unknown' && (
        <p>
          {t(`learning.learnedWords.${drift.learned.word}`)}{' '}
          {drift.learned.shifts
            .filter(({ label }) => label !== 'oos')
            .slice(0, 3)
            .map(({ label, before, now }) =>
              t('learning.shift', {
                label: name(label),
                before: percent(before, locale),
                now: percent(now, locale),
              }),
            )
            .join(' · ')}
        </p>
      )}
      {drift.now.messages > 0 && (
        <ul className={styles.sentences}>
          <li>
            {t('learning.unsure', {
              now: share(drift.now.unsure),
              before: share(drift.before.unsure),
            })}
          </li>
          <li>
            {t('learning.outOfScope', {
              now: share(drift.now.outside),
              before: share(drift.before.outside),
            })}
          </li>
          {isKnown &&
            moved.map((shift) => (
              <li key={shift.label}>
                {t('learning.shift', {
                  label: shift.label ? name(shift.label) : t('learning.nothingSaid'),
                  before: percent(shift.before, locale),
                  now: percent(shift.now, locale),
                })}
              </li>
            ))}
        </ul>
      )}
    </Card>
  )
}
