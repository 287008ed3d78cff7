import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { ChevronRight } from 'lucide-react'
import { Fragment, type ReactNode, Suspense, useRef, useState } from 'react'
import { RecordForm, wordOf } from '@/features/fields'
import type { Ticket } from '@/shared/api'
import { fieldsQuery } from '@/shared/api/fields'
import { endTrial, type LayoutGroup, type ShownLayout } from '@/shared/api/layouts'
import { useLocale, useTranslation } from '@/shared/i18n'
import styles from './laid.module.css'
import type { MenuName, OpenMenu } from './openMenu'
import { type PropertyName, PropertyRows, propertyNames } from './PropertiesPanel'
import type { PanelParts } from './TicketPanel'
import { TicketType } from './TicketType'
import ticketStyles from './ticket.module.css'
import { useOwnFields } from './useOwnFields'
import type { TicketActions } from './useTicketActions'

interface Props {
  layout: ShownLayout
  parts: PanelParts
  ticket: Ticket
  actions: TicketActions
  menu: OpenMenu
  readOnly: boolean
  asOf?: string
}
const field = 'field.'
const fieldsOf = (items: readonly string[] = []) =>
  items.filter((item) => item.startsWith(field)).map((item) => item.slice(field.length))
const menus: Partial<Record<PropertyName, MenuName>> = {
  status: 'status',
  assignee: 'assign',
  priority: 'priority',
  tags: 'tags',
}
const isProperty = (item: string): item is PropertyName =>
  (propertyNames as readonly string[]).includes(item)

/** A ticket in the groups of a layout. What must be filled in now is shown even where it has no place. */
export default function LaidOut({ layout, ...props }: Props) {
  const { t } = useTranslation()
  const own = useOwnFields(props.ticket, props.asOf)
  const { data: fields } = useQuery(fieldsQuery('ticket'))
  const [folds, setFolds] = useState<Record<number, boolean>>({})
  const wasNeeded = useRef(new Set<number>())
  const placed = new Set(layout.groups.flatMap(({ items }) => fieldsOf(items)))
  const draw = (drawn: Drawn) => {
    const isOpen = ({ folded, items }: LayoutGroup, place: number) => {
      const needed = drawn.isNeeded(fieldsOf(items))
      // Filled in, it stays open: nothing is folded away below the hand that writes there.
      if (needed) wasNeeded.current.add(place)
      return needed || !(folds[place] ?? (folded && !wasNeeded.current.has(place)))
    }
    const inSight = new Set(
      layout.groups.filter(isOpen).flatMap(({ items }) => items as readonly string[]),
    )
    return (
      <>
        {layout.draft && <Trial name={layout.name} />}
        <Called {...props} inSight={inSight} />
        {!inSight.has('part.understanding') &&
          props.menu.bind('meaning').open &&
          props.parts.understanding}
        {layout.groups.map((group, place) => (
          <Group
            // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity of their own
            key={place}
            group={group}
            open={isOpen(group, place)}
            toggle={() => setFolds({ ...folds, [place]: isOpen(group, place) })}
          >
            <Items {...props} items={group.items ?? []} rows={drawn.rows} />
          </Group>
        ))}
        {drawn.needed.length > 0 && (
          <section className={ticketStyles.section} aria-label={t('layouts.panel.needed')}>
            <h3>{t('layouts.panel.needed')}</h3>
            <dl className={ticketStyles.rows}>{drawn.rows(drawn.needed)}</dl>
          </section>
        )}
        {drawn.bar}
      </>
    )
  }
  if (fields?.length === 0) return draw(nothing)
  return (
    <Suspense fallback={null}>
      <RecordForm key={props.asOf ?? ''} {...own} placed={placed}>
        {draw}
      </RecordForm>
    </Suspense>
  )
}

interface Drawn {
  rows: (keys: readonly string[]) => ReactNode
  needed: string[]
  isNeeded: (keys: readonly string[]) => boolean
  bar: ReactNode
}
const nothing: Drawn = { rows: () => null, needed: [], isNeeded: () => false, bar: null }

/** A menu that a key opens needs its row, also where the layout has none or it is folded away. */
function Called({ inSight, ...props }: Omit<Props, 'layout'> & { inSight: Set<string> }) {
  const names = propertyNames.filter((name) => {
    const menu = menus[name]
    return menu && !inSight.has(name) && props.menu.bind(menu).open
  })
  if (names.length === 0) return null
  return (
    <section className={ticketStyles.section}>
      <dl className={ticketStyles.rows}>
        <PropertyRows {...props} names={names} />
      </dl>
    </section>
  )
}

/** Rows that follow each other are one list; parts have a frame of their own. */
function Items({
  items,
  rows,
  parts,
  ...props
}: Omit<Props, 'layout'> & { items: readonly string[]; rows: Drawn['rows'] }) {
  const runs: { part?: string; names: string[] }[] = []
  for (const item of items) {
    const last = runs.at(-1)
    if (item.startsWith('part.')) runs.push({ part: item.slice('part.'.length), names: [] })
    else if (last && !last.part) last.names.push(item)
    else runs.push({ names: [item] })
  }
  const row = (item: string) => {
    if (item.startsWith(field)) return rows([item.slice(field.length)])
    if (item === 'type') return <TicketType {...props} />
    return isProperty(item) && <PropertyRows {...props} names={[item]} />
  }
  return runs.map(({ part, names }) =>
    part ? (
      <Fragment key={part}>{parts[part as keyof PanelParts]}</Fragment>
    ) : (
      <dl key={names.join()} className={`${ticketStyles.rows} ${styles.run}`}>
        {names.map((name) => (
          <Fragment key={name}>{row(name)}</Fragment>
        ))}
      </dl>
    ),
  )
}

interface GroupProps {
  group: LayoutGroup
  open: boolean
  toggle: () => void
  children: ReactNode
}

function Group({ group, open, toggle, children }: GroupProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const title = wordOf(group.title, locale) || (group.folded ? t('layouts.panel.more') : '')
  return (
    <section className={styles.group} aria-label={title || t('ticket.properties')}>
      {title && (
        <button type="button" className={styles.fold} aria-expanded={open} onClick={toggle}>
          <ChevronRight size={14} aria-hidden="true" />
          <h3>{title}</h3>
        </button>
      )}
      {(open || !title) && children}
    </section>
  )
}

function Trial({ name }: { name: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  async function end() {
    setBusy(true)
    await endTrial().catch(() => undefined)
    await client.invalidateQueries({ queryKey: ['layouts-shown'] })
    await client.invalidateQueries({ queryKey: ['layouts'] })
    setBusy(false)
  }
  return (
    <div className={styles.trial} role="status">
      <span>{t('layouts.panel.trying', { name })}</span>
      <Button size="small" loading={busy} onClick={() => void end()}>
        {t('layouts.panel.endTrial')}
      </Button>
    </div>
  )
}
