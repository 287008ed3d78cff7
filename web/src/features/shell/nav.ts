import {
  BookOpen,
  ChartColumn,
  Inbox,
  type LucideIcon,
  Search,
  Settings,
  Users,
} from 'lucide-react'
import { useCan } from '@/shared/session'

export interface Destination {
  to: '/inbox' | '/search' | '/customers' | '/knowledge' | '/reports' | '/admin'
  name: 'nav.inbox' | 'nav.find' | 'nav.customers' | 'nav.knowledge' | 'nav.reports' | 'nav.admin'
  icon: LucideIcon
  keys: string
}

/** Where this agent may go. The admin area opens with any right to manage something. */
export function useDestinations(): Destination[] {
  const search = useCan('search:use')
  const people = useCan('contact:read')
  const articles = useCan('knowledge:read')
  const reports = useCan('report:read')
  const managed = [
    useCan('workspace:manage'),
    useCan('agent:manage'),
    useCan('team:manage'),
    useCan('channel:manage'),
    useCan('brand:manage'),
    useCan('unit:manage'),
    useCan('role:manage'),
    useCan('token:manage'),
    useCan('webhook:manage'),
    useCan('audit:read'),
    useCan('system:read'),
  ]
  const all: (Destination | false)[] = [
    { to: '/inbox', name: 'nav.inbox', icon: Inbox, keys: 'g i' },
    search && { to: '/search', name: 'nav.find', icon: Search, keys: 'g s' },
    people && { to: '/customers', name: 'nav.customers', icon: Users, keys: 'g c' },
    articles && { to: '/knowledge', name: 'nav.knowledge', icon: BookOpen, keys: 'g k' },
    reports && { to: '/reports', name: 'nav.reports', icon: ChartColumn, keys: 'g r' },
    managed.includes(true) && { to: '/admin', name: 'nav.admin', icon: Settings, keys: 'g a' },
  ]
  return all.filter((item): item is Destination => item !== false)
}

const dailyOnPhone: Destination['to'][] = ['/inbox', '/customers']
/** Whether it has a place of its own on a phone's bar. */
export const onBar = ({ to }: Destination) => dailyOnPhone.includes(to)
