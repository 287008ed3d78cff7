import type { Locale } from '../theme'
import type { account } from './zh-CN/account'
import type { admin } from './zh-CN/admin'
import type { advice } from './zh-CN/advice'
import type { assignment } from './zh-CN/assignment'
import type { bulkPage } from './zh-CN/bulkPage'
import type { channel } from './zh-CN/channel'
import type { copilot } from './zh-CN/copilot'
import type { fields } from './zh-CN/fields'
import type { kit } from './zh-CN/kit'
import type { knowledge } from './zh-CN/knowledge'
import type { lab } from './zh-CN/lab'
import type { layouts } from './zh-CN/layouts'
import type { learning } from './zh-CN/learning'
import type { macroEdit } from './zh-CN/macroEdit'
import type { models } from './zh-CN/models'
import type { offline } from './zh-CN/offline'
import type { panel } from './zh-CN/panel'
import type { panelEdit } from './zh-CN/panelEdit'
import type { people } from './zh-CN/people'
import type { portal } from './zh-CN/portal'
import type { profile } from './zh-CN/profile'
import type { push } from './zh-CN/push'
import type { relations } from './zh-CN/relations'
import type { reports } from './zh-CN/reports'
import type { setup } from './zh-CN/setup'
import type { signals } from './zh-CN/signals'
import type { skills } from './zh-CN/skills'
import type { sla } from './zh-CN/sla'
import type { surveys } from './zh-CN/surveys'
import type { system } from './zh-CN/system'
import type { upkeep } from './zh-CN/upkeep'
import type { viewEdit } from './zh-CN/viewEdit'
import type { why } from './zh-CN/why'
import type { work } from './zh-CN/work'

/** Words of screens that most agents rarely open: they come with the screen, not with the shell. */
export type LazyWords = typeof account &
  typeof admin &
  typeof advice &
  typeof knowledge &
  typeof portal &
  typeof assignment &
  typeof bulkPage &
  typeof channel &
  typeof copilot &
  typeof sla &
  typeof fields &
  typeof kit &
  typeof lab &
  typeof layouts &
  typeof learning &
  typeof macroEdit &
  typeof models &
  typeof offline &
  typeof panel &
  typeof panelEdit &
  typeof people &
  typeof profile &
  typeof push &
  typeof relations &
  typeof reports &
  typeof setup &
  typeof signals &
  typeof skills &
  typeof surveys &
  typeof system &
  typeof upkeep &
  typeof viewEdit &
  typeof why &
  typeof work

const load = {
  account: {
    'zh-CN': () => import('./zh-CN/account').then((m) => m.account),
    en: () => import('./en/account').then((m) => m.account),
  },
  admin: {
    'zh-CN': () => import('./zh-CN/admin').then((m) => m.admin),
    en: () => import('./en/admin').then((m) => m.admin),
  },
  assignment: {
    'zh-CN': () => import('./zh-CN/assignment').then((m) => m.assignment),
    en: () => import('./en/assignment').then((m) => m.assignment),
  },
  advice: {
    'zh-CN': () => import('./zh-CN/advice').then((m) => m.advice),
    en: () => import('./en/advice').then((m) => m.advice),
  },
  bulkPage: {
    'zh-CN': () => import('./zh-CN/bulkPage').then((m) => m.bulkPage),
    en: () => import('./en/bulkPage').then((m) => m.bulkPage),
  },
  channel: {
    'zh-CN': () => import('./zh-CN/channel').then((m) => m.channel),
    en: () => import('./en/channel').then((m) => m.channel),
  },
  copilot: {
    'zh-CN': () => import('./zh-CN/copilot').then((m) => m.copilot),
    en: () => import('./en/copilot').then((m) => m.copilot),
  },
  fields: {
    'zh-CN': () => import('./zh-CN/fields').then((m) => m.fields),
    en: () => import('./en/fields').then((m) => m.fields),
  },
  kit: {
    'zh-CN': () => import('./zh-CN/kit').then((m) => m.kit),
    en: () => import('./en/kit').then((m) => m.kit),
  },
  knowledge: {
    'zh-CN': () => import('./zh-CN/knowledge').then((m) => m.knowledge),
    en: () => import('./en/knowledge').then((m) => m.knowledge),
  },
  lab: {
    'zh-CN': () => import('./zh-CN/lab').then((m) => m.lab),
    en: () => import('./en/lab').then((m) => m.lab),
  },
  layouts: {
    'zh-CN': () => import('./zh-CN/layouts').then((m) => m.layouts),
    en: () => import('./en/layouts').then((m) => m.layouts),
  },
  learning: {
    'zh-CN': () => import('./zh-CN/learning').then((m) => m.learning),
    en: () => import('./en/learning').then((m) => m.learning),
  },
  macroEdit: {
    'zh-CN': () => import('./zh-CN/macroEdit').then((m) => m.macroEdit),
    en: () => import('./en/macroEdit').then((m) => m.macroEdit),
  },
  models: {
    'zh-CN': () => import('./zh-CN/models').then((m) => m.models),
    en: () => import('./en/models').then((m) => m.models),
  },
  offline: {
    'zh-CN': () => import('./zh-CN/offline').then((m) => m.offline),
    en: () => import('./en/offline').then((m) => m.offline),
  },
  panel: {
    'zh-CN': () => import('./zh-CN/panel').then((m) => m.panel),
    en: () => import('./en/panel').then((m) => m.panel),
  },
  panelEdit: {
    'zh-CN': () => import('./zh-CN/panelEdit').then((m) => m.panelEdit),
    en: () => import('./en/panelEdit').then((m) => m.panelEdit),
  },
  people: {
    'zh-CN': () => import('./zh-CN/people').then((m) => m.people),
    en: () => import('./en/people').then((m) => m.people),
  },
  portal: {
    'zh-CN': () => import('./zh-CN/portal').then((m) => m.portal),
    en: () => import('./en/portal').then((m) => m.portal),
  },
  profile: {
    'zh-CN': () => import('./zh-CN/profile').then((m) => m.profile),
    en: () => import('./en/profile').then((m) => m.profile),
  },
  push: {
    'zh-CN': () => import('./zh-CN/push').then((m) => m.push),
    en: () => import('./en/push').then((m) => m.push),
  },
  relations: {
    'zh-CN': () => import('./zh-CN/relations').then((m) => m.relations),
    en: () => import('./en/relations').then((m) => m.relations),
  },
  reports: {
    'zh-CN': () => import('./zh-CN/reports').then((m) => m.reports),
    en: () => import('./en/reports').then((m) => m.reports),
  },
  setup: {
    'zh-CN': () => import('./zh-CN/setup').then((m) => m.setup),
    en: () => import('./en/setup').then((m) => m.setup),
  },
  signals: {
    'zh-CN': () => import('./zh-CN/signals').then((m) => m.signals),
    en: () => import('./en/signals').then((m) => m.signals),
  },
  skills: {
    'zh-CN': () => import('./zh-CN/skills').then((m) => m.skills),
    en: () => import('./en/skills').then((m) => m.skills),
  },
  sla: {
    'zh-CN': () => import('./zh-CN/sla').then((m) => m.sla),
    en: () => import('./en/sla').then((m) => m.sla),
  },
  surveys: {
    'zh-CN': () => import('./zh-CN/surveys').then((m) => m.surveys),
    en: () => import('./en/surveys').then((m) => m.surveys),
  },
  system: {
    'zh-CN': () => import('./zh-CN/system').then((m) => m.system),
    en: () => import('./en/system').then((m) => m.system),
  },
  upkeep: {
    'zh-CN': () => import('./zh-CN/upkeep').then((m) => m.upkeep),
    en: () => import('./en/upkeep').then((m) => m.upkeep),
  },
  viewEdit: {
    'zh-CN': () => import('./zh-CN/viewEdit').then((m) => m.viewEdit),
    en: () => import('./en/viewEdit').then((m) => m.viewEdit),
  },
  why: {
    'zh-CN': () => import('./zh-CN/why').then((m) => m.why),
    en: () => import('./en/why').then((m) => m.why),
  },
  work: {
    'zh-CN': () => import('./zh-CN/work').then((m) => m.work),
    en: () => import('./en/work').then((m) => m.work),
  },
} satisfies Record<string, Record<Locale, () => Promise<object>>>

export type Area = keyof typeof load
const wanted = new Set<Area>()

export function wantAreas(areas: Area[]): void {
  for (const area of areas) wanted.add(area)
}
/** The words of every area that was asked for so far, in one language. */
export async function wordsOf(locale: Locale): Promise<object> {
  const parts = await Promise.all([...wanted].map((area) => load[area][locale]()))
  return Object.assign({}, ...parts)
}
