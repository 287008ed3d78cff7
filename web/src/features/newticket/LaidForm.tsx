import { Form, Select } from 'antd'
import { Fragment, type ReactNode, Suspense, useEffect, useState } from 'react'
import { DraftFields, type DraftProps, useNeeded, wordOf } from '@/features/fields'
import type { ShownLayout } from '@/shared/api/layouts'
import { useLocale, useTranslation } from '@/shared/i18n'
import type { FormParts } from './formParts'
import styles from './NewTicket.module.css'

interface Props {
  layout: ShownLayout
  parts: FormParts
  /** The fields of one's own as they were filled in; null where there are none. */
  own: DraftProps | null
}
const field = 'field.'
const keyOf = (item: string) => item.slice(field.length)
const isField = (item: string) => item.startsWith(field)
const types = ['question', 'incident', 'problem', 'task'] as const
const always = ['requester', 'subject', 'body']

/** A new ticket in the groups of a layout; what must be filled in and stands nowhere comes last. */
export default function LaidForm({ layout, parts, own }: Props) {
  const needed = useNeeded(own)
  const placed = layout.groups.flatMap(({ items = [] }) => items.filter(isField).map(keyOf))
  return (
    <>
      {layout.groups.map((group, place) => (
        <Group
          // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity of their own
          key={place}
          title={group.title}
          folded={folds(group.folded, group.items)}
          forced={(group.items ?? []).some((item) => isField(item) && needed.has(keyOf(item)))}
        >
          {runsOf(group.items ?? []).map((run) => (
            <Fragment key={run.join()}>
              <Run items={run} parts={parts} own={own} />
            </Fragment>
          ))}
        </Group>
      ))}
      {own && <Own {...own} beside={placed} />}
    </>
  )
}

/** What every ticket needs is never folded away. */
const folds = (folded = false, items: readonly string[] = []) =>
  folded && !items.some((item) => always.includes(item))

/** Fields that follow each other are drawn together; everything else alone. */
function runsOf(items: readonly string[]): string[][] {
  const runs: string[][] = []
  for (const item of items) {
    const last = runs.at(-1)
    if (isField(item) && last && isField(last[0] ?? '')) last.push(item)
    else runs.push([item])
  }
  return runs
}

function Run({ items, parts, own }: { items: string[]; parts: FormParts; own: Props['own'] }) {
  const [first = ''] = items
  if (isField(first)) return own && <Own {...own} sections={[{ fields: items.map(keyOf) }]} />
  if (first === 'type') return <TypeField />
  return parts[first as keyof FormParts] ?? null
}

/** The rest is there at once, whatever these still wait for. */
const Own = (props: DraftProps) => (
  <Suspense fallback={null}>
    <DraftFields {...props} />
  </Suspense>
)

function TypeField() {
  const { t } = useTranslation()
  return (
    <Form.Item name="type" label={t('layouts.items.type')} initialValue="question">
      <Select options={types.map((value) => ({ value, label: t(`layouts.types.${value}`) }))} />
    </Form.Item>
  )
}

interface GroupProps {
  title: ShownLayout['groups'][number]['title']
  folded: boolean
  /** Something in it must be filled in now: it cannot be folded away. */
  forced: boolean
  children: ReactNode
}

/** Stays in the page while it is folded, so that nothing that was typed is lost. */
function Group({ title, folded, forced, children }: GroupProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [open, setOpen] = useState(!folded)
  useEffect(() => {
    if (forced) setOpen(true) // and stays, when it is filled in
  }, [forced])
  const words = wordOf(title, locale) || (folded ? t('layouts.panel.more') : '')
  if (!words) return children
  return (
    <details
      className={styles.group}
      open={open || forced}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{words}</summary>
      {children}
    </details>
  )
}
