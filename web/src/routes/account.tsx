import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n'
import { Empty } from '@/shared/ui'

export const Route = createFileRoute('/account')({ component: Page })

function Page() {
  const { t } = useTranslation()
  return <Empty title={t('nav.account')} />
}
