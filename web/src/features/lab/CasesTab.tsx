import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { Download, Inbox, Plus, SearchX, Upload } from 'lucide-react'
import { useRef, useState } from 'react'
import {
  casesQuery,
  exportUrl,
  type GoldenCase,
  type GoldenSet,
  gather,
  importCases,
  labKey,
  type Part,
} from '@/shared/api/lab'
import { useTranslation } from '@/shared/i18n'
import { More, QueryView, SearchBox, useAction } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { CasePanel } from './CasePanel'
import { Cases } from './Cases'
import styles from './lab.module.css'
import { readText } from './reading'

/** The cases of a set, and the ways in which they come and go. */
export function CasesTab({ set }: { set: GoldenSet }) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const [editing, setEditing] = useState<GoldenCase | 'new' | null>(null)
  const query = useInfiniteQuery(casesQuery(set.id, q))
  const articles: Record<string, string> = Object.assign(
    {},
    ...(query.data?.pages.map((page) => page.articles) ?? []),
  )
  const isEmpty = set.cases + set.retired === 0
  return (
    <>
      <div className={styles.bar}>
        {!isEmpty && <SearchBox value={q} label={t('lab.find')} onChange={setQ} />}
        <Gather set={set} />
        {set.kind !== 'skill' && (
          <Button icon={<Plus size={15} />} onClick={() => setEditing('new')}>
            {t('lab.addCase')}
          </Button>
        )}
        <Import set={set} />
        {!isEmpty && <Export set={set} />}
      </div>
      <p className={styles.note} aria-live="polite">
        <Gathered set={set} />
      </p>
      <QueryView query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length > 0) {
            return <Cases set={set} items={items} articles={articles} edit={setEditing} />
          }
          return isEmpty ? (
            <Empty icon={Inbox} title={t('lab.emptySet')} hint={t('lab.emptySetHint')} />
          ) : (
            <Empty icon={SearchX} title={t('lab.noFound')} hint={t('lab.noFoundHint')} />
          )
        }}
      </QueryView>
      <More query={query} />
      {editing && (
        <CasePanel
          set={set}
          {...(editing === 'new' ? {} : { row: editing })}
          articles={articles}
          close={() => setEditing(null)}
        />
      )}
    </>
  )
}

function Gather({ set }: { set: GoldenSet }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  return (
    <Button
      type={set.cases === 0 ? 'primary' : 'default'}
      icon={<Inbox size={15} />}
      loading={busy !== null || set.gathering.state === 'running'}
      onClick={() => void run(() => gather(set.id), { keys: [[...labKey]] })}
    >
      {t(set.kind === 'skill' ? 'lab.gatherOwn' : 'lab.gather')}
    </Button>
  )
}

/** How the last taking from tickets went. */
function Gathered({ set: { gathering, kind } }: { set: GoldenSet }) {
  const { t } = useTranslation()
  const { state = 'never', found, added, alike } = gathering
  if (kind === 'skill' && state === 'done') return t('lab.gatheredOwn', { added })
  if (state === 'running') return t('lab.gathering')
  if (state === 'done' && !found) return t('lab.gathered.none')
  return t(`lab.gathered.${state}`, { added, alike })
}

function Import({ set }: { set: GoldenSet }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const input = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState('')
  async function take(file: File) {
    const done = await run(async () => importCases(set.id, await readText(file)), {
      keys: [[...labKey]],
    })
    if (done) setSaid(t('lab.imported', { added: done.added, alike: done.alike }))
  }
  return (
    <>
      <Button
        icon={<Upload size={15} />}
        loading={busy !== null}
        onClick={() => input.current?.click()}
      >
        {t('lab.import')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".jsonl,.json,.txt"
        aria-label={t('lab.import')}
        onChange={({ target }) => {
          const file = target.files?.[0]
          target.value = ''
          if (file) void take(file)
        }}
      />
      <span className="sr-only" aria-live="polite">
        {said}
      </span>
    </>
  )
}

function Export({ set }: { set: GoldenSet }) {
  const { t } = useTranslation()
  const beside: Part = set.kind === 'retrieval' ? 'articles' : 'training'
  const parts: Part[] = set.kind === 'skill' ? ['cases'] : ['cases', beside]
  return (
    <Dropdown
      menu={{
        items: parts.map((part) => ({
          key: part,
          label: (
            <a href={exportUrl(set.id, part)} download>
              {t(`lab.parts.${part}`)}
            </a>
          ),
        })),
      }}
      trigger={['click']}
    >
      <Button icon={<Download size={15} />} title={t('lab.exportHint')}>
        {t('lab.export')}
      </Button>
    </Dropdown>
  )
}
