import type { ErrorComponentProps } from '@tanstack/react-router'
import { Button } from 'antd'
import { Compass, TriangleAlert } from 'lucide-react'
import { ApiError } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { ButtonLink, Empty, ErrorState } from '@/shared/ui'

export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation()
  if (error instanceof ApiError) return <ErrorState error={error} retry={reset} />
  return (
    <Empty
      icon={TriangleAlert}
      title={t('errors.crash')}
      hint={error instanceof Error ? error.message : undefined}
    >
      <Button type="primary" onClick={() => window.location.reload()}>
        {t('errors.reload')}
      </Button>
    </Empty>
  )
}

export function Missing() {
  const { t } = useTranslation()
  return (
    <Empty icon={Compass} title={t('errors.page')} hint={t('errors.pageHint')}>
      <ButtonLink to="/inbox" color="primary" variant="solid">
        {t('errors.goHome')}
      </ButtonLink>
    </Empty>
  )
}
