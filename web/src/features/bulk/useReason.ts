import { useTranslation } from '@/shared/i18n'

/** Why a ticket was passed over, in words. */
export function useReason() {
  const { t } = useTranslation()
  return (code: string) =>
    t(`bulk.reasons.${code}` as 'bulk.reasons.nothing_to_do', { defaultValue: code })
}
