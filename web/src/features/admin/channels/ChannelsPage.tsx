import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plug } from 'lucide-react'
import { brandsQuery, channelKindsQuery, type Inbox, inboxesQuery } from '@/shared/api/admin'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, rowLink, Table, WithIcon } from '@/shared/page'
import { ChannelIcon, Empty, Time, useChannelName } from '@/shared/ui'
import styles from './Channels.module.css'
import { Health } from './Health'

export function ChannelsPage() {
  const { t } = useTranslation()
  const inboxes = useQuery(inboxesQuery)
  return (
    <Guard permission="channel:manage">
      <Page title={t('admin.sections.channels')} lead={t('channel.lead')}>
        <QueryView
          query={inboxes}
          empty={<Empty icon={Plug} title={t('channel.empty')} hint={t('channel.emptyHint')} />}
        >
          {(items) => <Inboxes inboxes={items} />}
        </QueryView>
        <Gallery />
      </Page>
    </Guard>
  )
}

function Inboxes({ inboxes }: { inboxes: Inbox[] }) {
  const { t } = useTranslation()
  const channelName = useChannelName()
  const { data: brands = [] } = useQuery(brandsQuery)
  return (
    <Table
      label={t('channel.inboxes')}
      rows={inboxes}
      keyOf={(inbox) => inbox.id}
      opens
      columns={[
        {
          key: 'name',
          title: t('kit.name'),
          cell: (inbox) => (
            <WithIcon
              icon={
                <span className={styles.glyph} data-size="small">
                  <ChannelIcon channel={inbox.channel} size={16} decorative />
                </span>
              }
              name={
                <Link to="/admin/channels/$id" params={{ id: inbox.id }} className={rowLink}>
                  {inbox.name}
                </Link>
              }
              note={channelName(inbox.channel)}
            />
          ),
        },
        {
          key: 'state',
          title: t('channel.state'),
          cell: (inbox) => <Health inbox={inbox} withError />,
        },
        {
          key: 'brand',
          title: t('channel.brand'),
          width: 170,
          cell: (inbox) => brands.find(({ id }) => id === inbox.brand_id)?.name ?? '',
        },
        {
          key: 'last',
          title: t('channel.lastIn'),
          width: 130,
          cell: (inbox) =>
            inbox.state.last_in_at ? <Time at={inbox.state.last_in_at} /> : t('kit.never'),
        },
      ]}
    />
  )
}

function Gallery() {
  const { t } = useTranslation()
  const locale = useLocale()
  const query = useQuery(channelKindsQuery)
  const word = (words: Record<string, string>) =>
    words[locale] ?? words[locale.slice(0, 2)] ?? words.en ?? ''
  return (
    <section>
      <h2 className={styles.title}>{t('channel.connect')}</h2>
      <QueryView query={query} lines={3}>
        {(channels) => (
          <div className={styles.gallery}>
            {channels
              .filter((channel) => channel.has_inbox)
              .map((channel) => (
                <Link
                  key={channel.id}
                  to="/admin/channels/new/$channel"
                  params={{ channel: channel.id }}
                  className={styles.kind}
                >
                  <span className={styles.glyph}>
                    <ChannelIcon channel={channel.id} size={18} decorative />
                  </span>
                  <strong>{word(channel.name)}</strong>
                  <small>{word(channel.description)}</small>
                </Link>
              ))}
          </div>
        )}
      </QueryView>
    </section>
  )
}
