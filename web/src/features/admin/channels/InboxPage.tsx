import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Id } from '@/shared/api'
import {
  type ChannelInfo,
  channelKindsQuery,
  inboxesQuery,
  inboxQuery,
  keep,
} from '@/shared/api/admin'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, RemoveButton } from '@/shared/page'
import { channelName, Empty } from '@/shared/ui'
import styles from './Channels.module.css'
import { ConnectionCheck } from './ConnectionCheck'
import { Embed } from './Embed'
import { Health } from './Health'
import { InboxForm } from './InboxForm'

const inboxes = keep('inboxes')

/** A new inbox of one channel. */
export function NewInboxPage({ channel: id }: { channel: string }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const navigate = useNavigate()
  const kinds = useQuery(channelKindsQuery)
  return (
    <Guard permission="channel:manage">
      <QueryView query={kinds}>
        {(channels) => {
          const channel = channels.find((item) => item.id === id)
          if (!channel) return <Empty title={t('errors.notFound')} />
          const name = channelName(channels, id, locale, id)
          return (
            <Page
              title={t('channel.new', { channel: name })}
              lead={descriptionOf(channel, locale)}
              back={(look) => <Link to="/admin/channels" {...look} />}
              backText={t('admin.sections.channels')}
              width="narrow"
            >
              <InboxForm
                channel={channel}
                inbox={null}
                suggested={name}
                saved={(inbox) =>
                  void navigate({ to: '/admin/channels/$id', params: { id: inbox.id } })
                }
              />
            </Page>
          )
        }}
      </QueryView>
    </Guard>
  )
}

export const descriptionOf = ({ description }: ChannelInfo, locale: string) =>
  description[locale] ?? description[locale.slice(0, 2)] ?? description.en ?? ''

/** One inbox: how it is, how to use it, its settings. */
export function InboxPage({ id }: { id: Id }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const client = useQueryClient()
  const navigate = useNavigate()
  const query = useQuery(inboxQuery(id))
  const kinds = useQuery(channelKindsQuery)
  return (
    <Guard permission="channel:manage">
      <QueryView query={query}>
        {(inbox) => (
          <Page
            title={
              <>
                {inbox.name} <Health inbox={inbox} />
              </>
            }
            name={inbox.name}
            lead={channelName(kinds.data, inbox.channel, locale, inbox.channel)}
            back={(look) => <Link to="/admin/channels" {...look} />}
            backText={t('admin.sections.channels')}
            width="wide"
            actions={
              <RemoveButton
                title={t('channel.removeTitle', { name: inbox.name })}
                hint={t('channel.removeHint')}
                remove={() => inboxes.remove(inbox.id)}
                keys={[inboxesQuery.queryKey]}
                then={() => void navigate({ to: '/admin/channels' })}
              />
            }
          >
            <div className={styles.columns}>
              <div>
                <Embed inbox={inbox} />
                <QueryView query={kinds}>
                  {(channels) => {
                    const channel = channels.find((item) => item.id === inbox.channel)
                    if (!channel) return <Empty title={t('channel.unknown')} />
                    return (
                      <InboxForm
                        key={inbox.id}
                        channel={channel}
                        inbox={inbox}
                        saved={(next) => {
                          client.setQueryData(inboxQuery(id).queryKey, next)
                        }}
                      />
                    )
                  }}
                </QueryView>
              </div>
              <ConnectionCheck inbox={inbox} />
            </div>
          </Page>
        )}
      </QueryView>
    </Guard>
  )
}
