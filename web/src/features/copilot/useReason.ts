import { useTranslation } from '@/shared/i18n'

/** Why no model was asked, in words; a reason that we do not know stays as it is. */
export function useReason() {
  const { t } = useTranslation()
  return (reason: string | null) =>
    reason
      ? t(`copilot.reasons.${reason}` as 'copilot.reasons.budget', { defaultValue: reason })
      : ''
}
