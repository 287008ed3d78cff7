import { useNavigate } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from '@/shared/i18n'
import { Bar, Guard, Page } from '@/shared/page'
import { PrivacyTab } from './PrivacyTab'
import { SentTab } from './SentTab'
import { ServersTab } from './ServersTab'
import type { ModelsTab } from './tabs'

const bodies = {
  servers: ServersTab,
  privacy: PrivacyTab,
  sent: SentTab,
} satisfies Record<ModelsTab, unknown>

/** Which models may be asked, what may leave for them, and what left. */
export function ModelsPage({ tab }: { tab: ModelsTab }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const Body = bodies[tab]
  return (
    <Guard permission="model:manage">
      <Page title={t('admin.sections.models')} lead={t('models.lead')}>
        <Bar>
          <Segmented<ModelsTab>
            aria-label={t('admin.sections.models')}
            value={tab}
            options={(Object.keys(bodies) as ModelsTab[]).map((value) => ({
              value,
              label: t(`models.tabs.${value}`),
            }))}
            onChange={(next) => void navigate({ to: '/admin/models', search: { tab: next } })}
          />
        </Bar>
        <Body />
      </Page>
    </Guard>
  )
}
