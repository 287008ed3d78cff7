import { createFileRoute } from '@tanstack/react-router'
import { AccountPage } from '@/features/account'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/account')({
  beforeLoad: () => needWords('kit', 'account', 'push'),
  component: AccountPage,
})
