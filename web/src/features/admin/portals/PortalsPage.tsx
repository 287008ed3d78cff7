import { useQuery } from '@tanstack/react-query'
import { BookOpenText, ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { type Brand, brandsQuery } from '@/shared/api/admin'
import { type Portal, portalsQuery } from '@/shared/api/portals'
import { languageName } from '@/shared/article'
import { useTranslation } from '@/shared/i18n'
import { Above, Guard, Page, QueryView, RowButton, Table } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { PortalPanel } from './PortalPanel'

/** Help pages: one place a brand. */
export function PortalsPage() {
  const { t } = useTranslation()
  const query = useQuery(portalsQuery)
  const { data: brands = [] } = useQuery(brandsQuery)
  const [edited, setEdited] = useState<string | null>(null)
  const brandOf = ({ brand_id }: Portal) => brands.find(({ id }) => id === brand_id)
  const portal = query.data?.find(({ brand_id }) => brand_id === edited)
  const brand = portal && brandOf(portal)
  return (
    <Guard permission="brand:manage">
      <Page title={t('admin.sections.portals')} lead={t('portal.lead')}>
        <QueryView
          query={query}
          empty={<Empty icon={BookOpenText} title={t('portal.closed')} hint={t('portal.lead')} />}
        >
          {(items) => <Portals items={items} brandOf={brandOf} open={setEdited} />}
        </QueryView>
        {portal && brand && (
          <PortalPanel
            key={portal.brand_id}
            portal={portal}
            brand={brand}
            close={() => setEdited(null)}
          />
        )}
      </Page>
    </Guard>
  )
}

interface Props {
  items: Portal[]
  brandOf: (portal: Portal) => Brand | undefined
  open: (brand: string) => void
}

function Portals({ items, brandOf, open }: Props) {
  const { t } = useTranslation()
  return (
    <Table
      label={t('admin.sections.portals')}
      rows={items}
      keyOf={({ brand_id }) => brand_id}
      opens
      columns={[
        {
          key: 'brand',
          title: t('kit.name'),
          cell: (portal) => (
            <RowButton onClick={() => open(portal.brand_id)}>
              {brandOf(portal)?.name ?? portal.slug}
            </RowButton>
          ),
        },
        {
          key: 'state',
          title: t('portal.active'),
          width: 130,
          cell: ({ active }) => (
            <Tag tone={active ? 'ok' : 'neutral'}>
              {active ? t('portal.opened') : t('portal.closed')}
            </Tag>
          ),
        },
        {
          key: 'languages',
          title: t('portal.languages'),
          width: 180,
          cell: ({ locales }) => locales.map(languageName).join(' · '),
        },
        {
          key: 'address',
          title: t('portal.slug'),
          width: 260,
          cell: ({ url, active }) =>
            active ? (
              <Above>
                <a href={url} target="_blank" rel="noreferrer" title={t('portal.visit')}>
                  <ExternalLink size={13} aria-hidden="true" /> {url.replace(/^https?:\/\//, '')}
                </a>
              </Above>
            ) : (
              url.replace(/^https?:\/\//, '')
            ),
        },
      ]}
    />
  )
}
