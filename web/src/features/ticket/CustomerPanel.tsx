import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  AtSign,
  BadgeCheck,
  Fingerprint,
  Globe,
  Hash,
  type LucideIcon,
  Phone,
  UserRound,
} from 'lucide-react'
import { Suspense } from 'react'
import { ProfileSection } from '@/features/profile'
import {
  type Contact,
  contactQuery,
  contactTicketsQuery,
  type Id,
  type Identity,
} from '@/shared/api'
import { clock, useNow } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Avatar, ErrorState, Skeleton, StatusTag, Tag, Time, type Tone } from '@/shared/ui'
import styles from './ticket.module.css'

const icons: Record<string, LucideIcon> = {
  email: AtSign,
  phone: Phone,
  visitor: Globe,
  app_user: UserRound,
  external_id: Hash,
}
const tones: Tone[] = ['neutral', 'warn', 'info', 'ok']

interface Props {
  contactId: Id
  ticketId: Id
  /** The ticket's: what is known of the customer may change with it. */
  version: number
}

export function CustomerPanel({ contactId, ticketId, version }: Props) {
  const { t } = useTranslation()
  const mayRead = useCan('contact:read')
  const {
    data: contact,
    error,
    refetch,
  } = useQuery({
    ...contactQuery(contactId),
    enabled: mayRead,
  })
  if (!mayRead) return null
  return (
    <section className={styles.section} aria-label={t('ticket.customer')}>
      <h3>{t('ticket.customer')}</h3>
      {error && <ErrorState error={error} retry={refetch} />}
      {!contact && !error && <Skeleton lines={4} />}
      {contact && <Person contact={contact} />}
      {contact && (
        <Suspense fallback={null}>
          <ProfileSection contactId={contactId} version={version} />
        </Suspense>
      )}
      {contact && <OtherTickets contactId={contactId} ticketId={ticketId} />}
    </section>
  )
}

function Person({ contact }: { contact: Contact }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const now = new Date(useNow()).toISOString()
  return (
    <>
      <div className={styles.person}>
        <Avatar name={contact.name} url={contact.avatar_url} size={38} />
        <div>
          <Link to="/customers" search={{ id: contact.id } as never}>
            <strong>{contact.name || t('list.noRequester')}</strong>
          </Link>
          <small>
            {contact.company?.name}
            {contact.time_zone &&
              ` · ${t('customer.localTime')} ${clock(now, locale, contact.time_zone)}`}
          </small>
        </div>
      </div>
      <div className={styles.badges}>
        {contact.vip && <Tag tone="violet">{t('customer.vip')}</Tag>}
        {contact.blocked && <Tag tone="danger">{t('customer.blocked')}</Tag>}
        {contact.tags.map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </div>
      {contact.note && <p className={styles.note}>{contact.note}</p>}
      <ul className={styles.identities} aria-label={t('customer.identities')}>
        {contact.identities.map((identity) => (
          <IdentityRow key={identity.id} identity={identity} />
        ))}
        {contact.identities.length === 0 && (
          <li className={styles.muted}>{t('customer.noIdentities')}</li>
        )}
      </ul>
    </>
  )
}

function IdentityRow({ identity }: { identity: Identity }) {
  const { t } = useTranslation()
  const Icon = icons[identity.kind] ?? Fingerprint
  const strength = Math.min(3, Math.max(0, identity.strength)) as 0 | 1 | 2 | 3
  const level = t(`customer.strength${strength}`)
  const kind = t(`identity.${identity.kind}` as 'identity.email', { defaultValue: identity.kind })
  return (
    <li>
      <Icon size={14} aria-hidden="true" />
      <span title={kind}>
        <span className="sr-only">{kind}: </span>
        {identity.value}
      </span>
      <Tag tone={tones[strength]} title={t('customer.strengthHint', { level })}>
        {identity.verified && <BadgeCheck size={12} aria-hidden="true" />} {level}
      </Tag>
    </li>
  )
}

function OtherTickets({ contactId, ticketId }: { contactId: Id; ticketId: Id }) {
  const { t } = useTranslation()
  const { data } = useQuery(contactTicketsQuery(contactId))
  const others = data?.items.filter((ticket) => ticket.id !== ticketId) ?? []
  return (
    <>
      <h3 style={{ margin: '14px 0 4px' }}>{t('customer.otherTickets')}</h3>
      {data && others.length === 0 && <p className={styles.muted}>{t('customer.noOther')}</p>}
      <ul className={styles.tickets}>
        {others.map((ticket) => (
          <li key={ticket.id}>
            <Link
              to="/inbox"
              search={(old) => ({ ...old, ticket: ticket.id })}
              className={styles.ticketLink}
            >
              <StatusTag status={ticket.status} category={ticket.status_category} iconOnly />
              <span className="truncate" title={ticket.subject}>
                {ticket.subject || t('list.noSubject')}
              </span>
              <Time at={ticket.last_message_at ?? ticket.created_at} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
