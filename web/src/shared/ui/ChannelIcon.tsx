import { useQuery } from '@tanstack/react-query'
import {
  Code,
  FileText,
  FlaskConical,
  Globe,
  Inbox,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquare,
  Phone,
  Smartphone,
} from 'lucide-react'
import { type Channel, channelsQuery } from '../api'
import { localized, useLocale, useTranslation } from '../i18n'
import type { Locale } from '../theme'

// Names of icons that a manifest may ask for; no channel is known here.
const icons: Record<string, LucideIcon> = {
  mail: Mail,
  email: Mail,
  chat: MessageCircle,
  'message-circle': MessageCircle,
  message: MessageSquare,
  form: FileText,
  'file-text': FileText,
  api: Code,
  code: Code,
  phone: Phone,
  sms: Smartphone,
  globe: Globe,
  web: Globe,
  flask: FlaskConical,
  test: FlaskConical,
}

export function channelName(
  channels: Channel[] | undefined,
  id: string,
  locale: Locale,
  fallback: string,
) {
  return localized(channels?.find((channel) => channel.id === id)?.name, locale, fallback)
}

export function useChannelName() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data } = useQuery(channelsQuery)
  return (id: string) =>
    channelName(data, id, locale, t(`channels.${id}` as 'channels.email', { defaultValue: id }))
}

interface Props {
  channel: string
  size?: number
  /** The name is written beside it. */
  decorative?: boolean
}

export function ChannelIcon({ channel, size = 14, decorative = false }: Props) {
  const { data } = useQuery(channelsQuery)
  const name = useChannelName()(channel)
  const icon = data?.find((item) => item.id === channel)?.icon ?? channel
  const Icon = icons[icon] ?? icons[channel] ?? Inbox
  return (
    <span style={{ display: 'inline-flex' }} title={decorative ? undefined : name}>
      <Icon size={size} aria-hidden="true" />
      {!decorative && <span className="sr-only">{name}</span>}
    </span>
  )
}
