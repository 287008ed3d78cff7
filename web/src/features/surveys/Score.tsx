import type { Rating, SurveyKind } from '@/shared/api/surveys'
import { useTranslation } from '@/shared/i18n'
import { Tag, type Tone } from '@/shared/ui'

const best: Record<SurveyKind, number> = { csat: 5, nps: 10, ces: 7 }
const tones: Record<Rating, Tone> = { good: 'ok', neutral: 'warn', bad: 'danger' }

interface Props {
  kind: SurveyKind
  score: number
  rating: Rating
}

/** A score within its scale, in the colour and the word of what it means. */
export function Score({ kind, score, rating }: Props) {
  const { t } = useTranslation()
  return (
    <Tag tone={tones[rating]}>
      {t(`work.kinds.${kind}`)} {t('work.score', { score, best: best[kind] })} ·{' '}
      {t(`work.rating.${rating}`)}
    </Tag>
  )
}
