import { useQuery } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import { Building2, ChevronRight, Plus } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { keep, teamsAdminQuery, type Unit, unitsQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, Guard, Page, QueryView, RequiredText } from '@/shared/page'
import { Empty, IconButton, Tag } from '@/shared/ui'
import { UnitPicker } from '../parts/UnitPicker'
import { linesOf, type Row, treeOf } from './tree'
import styles from './Units.module.css'

const units = keep('units')
type Edited = { unit: Unit | null; parent: string | null } | null

export function UnitsPage() {
  const { t } = useTranslation()
  const query = useQuery(unitsQuery)
  const [edited, setEdited] = useState<Edited>(null)
  const root = query.data?.find((unit) => !unit.parent_id)?.id ?? null
  const add = (
    <Button
      type="primary"
      icon={<Plus size={15} />}
      onClick={() => setEdited({ unit: null, parent: root })}
    >
      {t('admin.units.add')}
    </Button>
  )
  return (
    <Guard permission="unit:manage">
      <Page title={t('admin.sections.units')} lead={t('admin.units.lead')} actions={add}>
        <QueryView
          query={query}
          empty={
            <Empty icon={Building2} title={t('admin.units.empty')} hint={t('admin.units.lead')}>
              {add}
            </Empty>
          }
        >
          {(items) => <Tree units={items} edit={setEdited} />}
        </QueryView>
        {edited && (
          <UnitPanel edited={edited} units={query.data ?? []} close={() => setEdited(null)} />
        )}
      </Page>
    </Guard>
  )
}

function Tree({ units: items, edit }: { units: Unit[]; edit: (edited: Edited) => void }) {
  const { t } = useTranslation()
  const kindName = useKindName()
  const { data: teams = [] } = useQuery(teamsAdminQuery)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [active, setActive] = useState<string | null>(null)
  const tree = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => linesOf(treeOf(items), closed), [items, closed])
  const current = lines.some((line) => line.unit.id === active) ? active : lines[0]?.unit.id

  function toggle(id: string, open = closed.has(id)) {
    const next = new Set(closed)
    if (open) next.delete(id)
    else next.add(id)
    setClosed(next)
  }
  function focus(line: Row | undefined) {
    if (!line) return
    setActive(line.unit.id)
    tree.current?.querySelector<HTMLElement>(`[data-unit="${line.unit.id}"]`)?.focus()
  }
  function onKey(event: KeyboardEvent, line: Row, at: number) {
    if (event.target !== event.currentTarget) return
    const folded = closed.has(line.unit.id)
    const parent = lines.find((other) => other.unit.id === line.unit.parent_id)
    const moves = new Map<string, () => void>([
      ['ArrowDown', () => focus(lines[at + 1])],
      ['ArrowUp', () => focus(lines[at - 1])],
      ['Home', () => focus(lines[0])],
      ['End', () => focus(lines.at(-1))],
      ['ArrowRight', () => (folded ? toggle(line.unit.id) : focus(lines[at + 1]))],
      ['ArrowLeft', () => (line.hasChildren && !folded ? toggle(line.unit.id) : focus(parent))],
      ['Enter', () => edit({ unit: line.unit, parent: line.unit.parent_id })],
    ])
    const move = moves.get(event.key)
    if (!move) return
    event.preventDefault()
    move()
  }

  return (
    <div className={styles.tree} role="tree" aria-label={t('admin.sections.units')} ref={tree}>
      {lines.map((line, at) => {
        const { unit, level, hasChildren } = line
        const count = teams.filter((team) => team.unit_id === unit.id).length
        return (
          <div
            key={unit.id}
            role="treeitem"
            data-unit={unit.id}
            className={styles.row}
            style={{ paddingLeft: 8 + (level - 1) * 22 }}
            tabIndex={unit.id === current ? 0 : -1}
            aria-level={level}
            aria-setsize={line.siblings}
            aria-posinset={line.position}
            aria-selected={unit.id === active}
            aria-expanded={hasChildren ? !closed.has(unit.id) : undefined}
            aria-label={unit.name}
            onFocus={() => setActive(unit.id)}
            onKeyDown={(event) => onKey(event, line, at)}
          >
            <button
              type="button"
              tabIndex={-1}
              className={styles.fold}
              aria-hidden="true"
              data-open={!closed.has(unit.id)}
              disabled={!hasChildren}
              onClick={() => toggle(unit.id)}
            >
              {hasChildren && <ChevronRight size={15} />}
            </button>
            <button
              type="button"
              tabIndex={-1}
              className={styles.name}
              onClick={() => edit({ unit, parent: unit.parent_id })}
            >
              {unit.name}
            </button>
            <Tag>{kindName(unit.kind)}</Tag>
            {count > 0 && <small>{t('admin.units.teams', { count })}</small>}
            <span className={styles.add}>
              <IconButton
                icon={Plus}
                size="small"
                tabIndex={unit.id === current ? 0 : -1}
                label={t('admin.units.addBelow', { name: unit.name })}
                onClick={() => edit({ unit: null, parent: unit.id })}
              />
            </span>
          </div>
        )
      })}
    </div>
  )
}

const kinds = ['company', 'region', 'department', 'branch'] as const
function useKindName() {
  const { t } = useTranslation()
  return (kind: string) =>
    t(`admin.units.kinds.${kind}` as 'admin.units.kinds.region', { defaultValue: kind })
}

type Fields = { name: string; parent_id: string; kind: string }

function UnitPanel({
  edited,
  units: items,
  close,
}: {
  edited: NonNullable<Edited>
  units: Unit[]
  close: () => void
}) {
  const { t } = useTranslation()
  const kindName = useKindName()
  const [form] = Form.useForm<Fields>()
  const { unit } = edited
  const isRoot = unit !== null && !unit.parent_id
  const options = [...new Set([...kinds, ...items.map(({ kind }) => kind)])]
  const keys = [unitsQuery.queryKey]

  return (
    <FormPanel
      title={unit ? unit.name : t('admin.units.add')}
      form={form}
      initial={{
        name: unit?.name ?? '',
        parent_id: edited.parent ?? undefined,
        kind: unit?.kind ?? 'department',
      }}
      submit={({ parent_id, ...rest }) =>
        units.save(unit?.id ?? null, isRoot || !parent_id ? rest : { ...rest, parent_id })
      }
      keys={keys}
      close={close}
      removal={
        unit &&
        !isRoot && {
          title: t('admin.units.removeTitle', { name: unit.name }),
          hint: t('admin.units.removeHint'),
          run: () => units.remove(unit.id),
        }
      }
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus maxLength={120} />
      <Form.Item name="kind" label={t('admin.units.kind')}>
        <Select options={options.map((kind) => ({ value: kind, label: kindName(kind) }))} />
      </Form.Item>
      {!isRoot && (
        <Form.Item
          name="parent_id"
          label={t('admin.units.parent')}
          extra={unit ? t('admin.units.moveHint') : undefined}
        >
          <UnitPicker units={items} without={unit?.id} />
        </Form.Item>
      )}
    </FormPanel>
  )
}
