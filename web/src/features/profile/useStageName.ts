import { useTranslation } from '@/shared/i18n'

/** The name of a stage; one that the admin made is called what they called it. */
export function useStageName() {
  const { t } = useTranslation()
  return (stage: string) =>
    t(`profile.stages.${stage}` as 'profile.stages.new', {
      defaultValue: stage.replaceAll('_', ' '),
    })
}
