import { needWords } from '@/shared/i18n'
import { lazily } from '@/shared/ui'

export { useStageName } from './useStageName'

/** What is known of a customer from their words, and where they stand with us. */
export const ProfileSection = lazily(async () => {
  const [{ ProfileSection: found }] = await Promise.all([
    import('./ProfileSection'),
    needWords('profile'),
  ])
  return { default: found }
})
