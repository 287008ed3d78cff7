import { useTranslation } from '@/shared/i18n'

/** What a version was compared with, in words. */
export function useAgainst() {
  const { t } = useTranslation()
  return (name: string) => {
    const [kind, number] = name.split(':')
    if (kind === 'version') return t('learning.version', { number })
    return kind === 'shipped' ? t('learning.shipped') : t('learning.usual')
  }
}
