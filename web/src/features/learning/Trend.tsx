import type { ModelVersion } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { between, percent } from './figures'
import { Plot } from './Plot'

/** How right each version was on what it had not seen. */
export function Trend({ versions }: { versions: ModelVersion[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const shown = versions.flatMap((one) =>
    one.accuracy ? [{ ...one, accuracy: one.accuracy }] : [],
  )
  const slot = 1 / Math.max(1, shown.length)
  return (
    <Card title={t('learning.trend')} hint={t('learning.trendHint')}>
      <Plot
        title={t('learning.trend')}
        across={t('learning.tabs.versions')}
        ticks={shown.map(({ number }, place) => ({
          at: slot * (place + 0.5),
          text: String(number),
        }))}
        joined
        points={shown.map(({ number, accuracy, labels }, place) => ({
          x: slot * (place + 0.5),
          y: accuracy.value,
          low: accuracy.low,
          high: accuracy.high,
          text: t('learning.trendPoint', {
            number,
            share: percent(accuracy.value, locale),
            range: between(accuracy, locale),
            count: labels,
          }),
        }))}
      />
    </Card>
  )
}
