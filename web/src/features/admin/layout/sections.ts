import {
  Activity,
  BookOpenText,
  Bot,
  Building2,
  CalendarClock,
  FlaskConical,
  GraduationCap,
  Inbox,
  KeyRound,
  LayoutPanelLeft,
  ListChecks,
  type LucideIcon,
  Milestone,
  Palette,
  PanelRight,
  ScanText,
  ScrollText,
  ShieldAlert,
  ShieldCheck,
  SlidersHorizontal,
  Smile,
  Sparkles,
  Split,
  Tags,
  TextSelect,
  Timer,
  UserRound,
  UsersRound,
  Webhook,
  Zap,
} from 'lucide-react'
import type { Me } from '@/shared/api'
import { granted } from '@/shared/session'

export interface Section {
  id: SectionId
  to: `/admin/${SectionId}`
  permission: string
  icon: LucideIcon
}
export type SectionId =
  | 'workspace'
  | 'brands'
  | 'units'
  | 'fields'
  | 'layouts'
  | 'teams'
  | 'agents'
  | 'roles'
  | 'macros'
  | 'channels'
  | 'quarantine'
  | 'portals'
  | 'understanding'
  | 'assignment'
  | 'sla'
  | 'calendars'
  | 'surveys'
  | 'stages'
  | 'learning'
  | 'labels'
  | 'lab'
  | 'checklists'
  | 'panel'
  | 'models'
  | 'skills'
  | 'tokens'
  | 'webhooks'
  | 'audit'
  | 'health'

const section = (id: SectionId, permission: string, icon: LucideIcon): Section => ({
  id,
  to: `/admin/${id}`,
  permission,
  icon,
})

/** The console's map. What an agent may not use is not on it. */
export const groups = [
  {
    id: 'company',
    sections: [
      section('workspace', 'workspace:manage', SlidersHorizontal),
      section('brands', 'brand:manage', Palette),
      section('units', 'unit:manage', Building2),
      section('fields', 'field:manage', Tags),
      section('layouts', 'field:manage', LayoutPanelLeft),
    ],
  },
  {
    id: 'people',
    sections: [
      section('agents', 'agent:manage', UserRound),
      section('teams', 'team:manage', UsersRound),
      section('macros', 'macro:manage', Zap),
      section('roles', 'role:manage', ShieldCheck),
    ],
  },
  {
    id: 'channels',
    sections: [
      section('channels', 'channel:manage', Inbox),
      section('quarantine', 'quarantine:read', ShieldAlert),
      section('portals', 'brand:manage', BookOpenText),
    ],
  },
  {
    id: 'service',
    sections: [
      section('understanding', 'learning:manage', ScanText),
      section('assignment', 'routing:manage', Split),
      section('sla', 'sla:manage', Timer),
      section('calendars', 'sla:manage', CalendarClock),
      section('surveys', 'survey:manage', Smile),
      section('stages', 'workspace:manage', Milestone),
      section('learning', 'learning:manage', GraduationCap),
      section('labels', 'learning:label', TextSelect),
      section('lab', 'learning:manage', FlaskConical),
      section('checklists', 'checklist:manage', ListChecks),
      section('panel', 'panel:manage', PanelRight),
      section('models', 'model:manage', Sparkles),
      section('skills', 'model:manage', Bot),
    ],
  },
  {
    id: 'system',
    sections: [
      section('tokens', 'token:manage', KeyRound),
      section('webhooks', 'webhook:manage', Webhook),
      section('audit', 'audit:read', ScrollText),
      section('health', 'system:read', Activity),
    ],
  },
] as const

export const visibleGroups = (me: Pick<Me, 'permissions'>) =>
  groups
    .map((group) => ({
      id: group.id,
      sections: group.sections.filter(({ permission }) => granted(me, permission)),
    }))
    .filter((group) => group.sections.length > 0)

export const firstSection = (me: Pick<Me, 'permissions'>): Section | undefined =>
  visibleGroups(me)[0]?.sections[0]
