import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PanelRight } from 'lucide-react'
import { type PanelSource, panelKindsQuery, panelSourcesQuery } from '@/shared/api/panel'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, rowLink, Small, Table } from '@/shared/page'
import { Empty } from '@/shared/ui'
import channels from '../channels/Channels.module.css'
import { KindIcon } from './KindIcon'
import { SourceHealth } from './SourceHealth'

/** What stands beside tickets, and what could. */
export function SourcesPage() {
  const { t } = useTranslation()
  const query = useQuery(panelSourcesQuery)
  return (
    <Guard permission="panel:manage">
      <Page title={t('admin.sections.panel')} lead={t('panelEdit.lead')}>
        <QueryView
          query={query}
          empty={
            <Empty icon={PanelRight} title={t('panelEdit.empty')} hint={t('panelEdit.emptyHint')} />
          }
        >
          {(items) => <Sources items={items} />}
        </QueryView>
        <Kinds />
      </Page>
    </Guard>
  )
}

function Sources({ items }: { items: PanelSource[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: kinds = [] } = useQuery(panelKindsQuery)
  const nameOf = (id: string) => localized(kinds.find((kind) => kind.id === id)?.name, locale, id)
  return (
    <Table
      label={t('admin.sections.panel')}
      rows={items}
      keyOf={(source) => source.id}
      opens
      columns={[
        {
          key: 'name',
          title: t('kit.name'),
          cell: (source) => (
            <>
              <Link to="/admin/panel/$id" params={{ id: source.id }} className={rowLink}>
                {source.name}
              </Link>
              <Small>{nameOf(source.kind)}</Small>
            </>
          ),
        },
        {
          key: 'seen',
          title: t('panelEdit.seenBy'),
          width: 180,
          cell: (source) =>
            source.role_ids.length === 0
              ? t('panelEdit.everybody')
              : t('panelEdit.roles', { count: source.role_ids.length }),
        },
        {
          key: 'state',
          title: t('channel.state'),
          width: 160,
          cell: (source) => <SourceHealth source={source} />,
        },
      ]}
    />
  )
}

function Kinds() {
  const { t } = useTranslation()
  const locale = useLocale()
  const query = useQuery(panelKindsQuery)
  return (
    <section>
      <h2 className={channels.title}>{t('panelEdit.add')}</h2>
      <QueryView query={query} lines={3}>
        {(kinds) => (
          <div className={channels.gallery}>
            {kinds.map((kind) => (
              <Link
                key={kind.id}
                to="/admin/panel/new/$kind"
                params={{ kind: kind.id }}
                className={channels.kind}
              >
                <span className={channels.glyph}>
                  <KindIcon icon={kind.icon} />
                </span>
                <strong>{localized(kind.name, locale, kind.id)}</strong>
                <small>{localized(kind.description, locale, '')}</small>
              </Link>
            ))}
          </div>
        )}
      </QueryView>
    </section>
  )
}
