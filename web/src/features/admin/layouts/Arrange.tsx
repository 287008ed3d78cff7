import { Button, Input, Switch } from 'antd'
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { LayoutGroup, LayoutPlace } from '@/shared/api/layouts'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { AddItem } from './AddItem'
import { type Arrow, isNeeded, moveTo, removeAt, type Spot, target, unused } from './arrange'
import { ItemRow } from './ItemRow'
import styles from './layouts.module.css'
import { useNames } from './useNames'

interface Props {
  value?: LayoutGroup[]
  onChange?: (groups: LayoutGroup[]) => void
  place: LayoutPlace
}

/** Groups with their items: dragged, or moved by arrow keys on a handle; every move is said. */
export function Arrange({ value = [], onChange, place }: Props) {
  const { t } = useTranslation()
  const names = useNames()
  const [dragged, setDragged] = useState<Spot | null>(null)
  const [held, setHeld] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const free = unused(
    value,
    place,
    names.fields.map(({ key }) => key),
  )
  const nameAt = (at: number) => names.group(value[at] ?? {}, at)
  const set = (at: number, change: Partial<LayoutGroup>) =>
    onChange?.(value.map((one, n) => (n === at ? { ...one, ...change } : one)))

  function move(from: Spot, to: Spot) {
    const item = value[from[0]]?.items?.[from[1]]
    if (item === undefined) return
    onChange?.(moveTo(value, from, to))
    setHeld(item)
    setSaid(t('layouts.moved', { name: names.item(item), group: nameAt(to[0]), place: to[1] + 1 }))
  }
  function drop(to: Spot) {
    if (dragged) {
      const behind = dragged[0] === to[0] && dragged[1] < to[1]
      move(dragged, behind ? [to[0], to[1] - 1] : to)
    }
    setDragged(null)
  }
  function press(key: string, spot: Spot) {
    const to = target(value, spot, key as Arrow)
    if (to) move(spot, to)
  }
  function remove(spot: Spot, item: string) {
    onChange?.(removeAt(value, spot))
    setSaid(t('layouts.removed', { name: names.item(item) }))
  }
  function add(at: number, item: string) {
    set(at, { items: [...(value[at]?.items ?? []), item] })
    setSaid(t('layouts.added', { name: names.item(item), group: nameAt(at) }))
  }
  function moveGroup(from: number, to: number) {
    const next = [...value]
    next.splice(to, 0, ...next.splice(from, 1))
    onChange?.(next)
    setSaid(t('layouts.movedGroup', { name: nameAt(from), place: to + 1 }))
  }

  return (
    <div className={styles.groups}>
      {value.map((group, at) => (
        <section
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity of their own
          key={at}
          className={styles.group}
          aria-label={nameAt(at)}
        >
          <GroupHead
            group={group}
            name={nameAt(at)}
            first={at === 0}
            last={at === value.length - 1}
            removable={
              value.length > 1 && !(group.items ?? []).some((item) => isNeeded(place, item))
            }
            change={(change) => set(at, change)}
            move={(step) => moveGroup(at, at + step)}
            remove={() => onChange?.(value.filter((_, n) => n !== at))}
          />
          <ul
            className={styles.items}
            data-empty={(group.items ?? []).length === 0}
            onDragOver={(event) => dragged && event.preventDefault()}
            onDrop={() => drop([at, group.items?.length ?? 0])}
          >
            {(group.items ?? []).map((item, n) => (
              <ItemRow
                key={item}
                name={names.item(item)}
                item={item}
                needed={isNeeded(place, item)}
                held={held === item}
                dragging={dragged !== null}
                grab={() => setDragged([at, n])}
                release={() => setDragged(null)}
                drop={() => drop([at, n])}
                press={(key) => press(key, [at, n])}
                remove={() => remove([at, n], item)}
              />
            ))}
            {(group.items ?? []).length === 0 && (
              <li className={styles.none}>{t('layouts.emptyGroup')}</li>
            )}
          </ul>
          <AddItem name={nameAt(at)} free={free} add={(item) => add(at, item)} />
        </section>
      ))}
      <Button
        size="small"
        icon={<Plus size={14} />}
        disabled={value.length >= 30}
        onClick={() =>
          onChange?.([...value, { title: { zh: '', en: '' }, folded: false, items: [] }])
        }
      >
        {t('layouts.addGroup')}
      </Button>
      <span className="sr-only" role="status">
        {said}
      </span>
    </div>
  )
}

interface HeadProps {
  group: LayoutGroup
  name: string
  first: boolean
  last: boolean
  removable: boolean
  change: (change: Partial<LayoutGroup>) => void
  move: (step: 1 | -1) => void
  remove: () => void
}

function GroupHead({ group, name, first, last, removable, change, move, remove }: HeadProps) {
  const { t } = useTranslation()
  return (
    <header className={styles.head}>
      {(['zh', 'en'] as const).map((language) => (
        <Input
          key={language}
          size="small"
          maxLength={200}
          aria-label={t('layouts.groupTitle', { language: language === 'zh' ? '中文' : 'English' })}
          placeholder={t('layouts.groupTitle', {
            language: language === 'zh' ? '中文' : 'English',
          })}
          value={group.title?.[language] ?? ''}
          onChange={({ target: { value } }) =>
            change({ title: { ...group.title, [language]: value } })
          }
        />
      ))}
      <label className={styles.switch}>
        <Switch
          size="small"
          checked={group.folded ?? false}
          aria-label={`${t('layouts.folded')}: ${name}`}
          onChange={(folded) => change({ folded })}
        />
        {t('layouts.folded')}
      </label>
      <IconButton
        icon={ArrowUp}
        label={t('layouts.up', { name })}
        disabled={first}
        onClick={() => move(-1)}
      />
      <IconButton
        icon={ArrowDown}
        label={t('layouts.down', { name })}
        disabled={last}
        onClick={() => move(1)}
      />
      <IconButton
        icon={X}
        label={t('layouts.removeGroup', { name })}
        disabled={!removable}
        onClick={remove}
      />
    </header>
  )
}
