import type { LabRun } from '@/shared/api/lab'
import { useLocale, useTranslation } from '@/shared/i18n'
import { percent } from './figures'

/** What a run measured, in words. */
export function Measured({ run: { measured, state } }: { run: LabRun }) {
  const { t } = useTranslation()
  const locale = useLocale()
  if (state !== 'done') return null
  if (measured.articles !== null) return t('lab.shelf', { count: measured.articles })
  const threshold = percent(measured.threshold ?? 0, locale)
  if (measured.model) return t('lab.withModel', { model: measured.model, threshold })
  return measured.version
    ? t('lab.version', { number: measured.version.replace(/^v/, ''), threshold })
    : t('lab.shipped', { threshold })
}
