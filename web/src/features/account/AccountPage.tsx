import { useTranslation } from '@/shared/i18n'
import { Page } from '@/shared/page'
import { PasswordCard } from './PasswordCard'
import { ProfileCard } from './ProfileCard'
import { PushCard } from './PushCard'
import { SessionsCard } from './SessionsCard'
import { ShortcutsCard } from './ShortcutsCard'
import { TotpCard } from './TotpCard'

export function AccountPage() {
  const { t } = useTranslation()
  return (
    <Page title={t('nav.account')} lead={t('account.lead')} width="narrow">
      <ProfileCard />
      <PasswordCard />
      <TotpCard />
      <PushCard />
      <SessionsCard />
      <ShortcutsCard />
    </Page>
  )
}
