import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command as Cmdk } from 'cmdk'
import { Check, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { type SearchHit, searchQuery } from '@/shared/api'
import { matchesName } from '@/shared/format'
import { composing } from '@/shared/hotkeys'
import { useTranslation } from '@/shared/i18n'
import { type Command, useCommandRegistry } from '@/shared/overlay'
import { Avatar, Kbd } from '@/shared/ui'
import { useCommands } from './commands'
import { ticketNumber } from './number'
import styles from './Palette.module.css'

export function Palette({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const typed = useDeferredValue(query.trim())
  const { data, isFetching } = useQuery(searchQuery(typed))
  const screen = useCommandRegistry((registry) => registry.groups)
  const found = matching({ ...screen, ...useCommands() }, query.trim())
  const number = ticketNumber(query)
  const all = data?.items ?? []
  const wanted = all.find((hit) => hit.kind === 'ticket' && hit.number === number)
  const hits = all.filter((hit) => hit !== wanted)
  const settled = typed === query.trim() && !isFetching
  const { value, choose } = useChosen([
    ...(wanted ? [hitValue(wanted)] : []),
    ...found.flatMap(({ group, commands }) => commands.map((item) => entry(group, item.id))),
    ...kinds.flatMap(({ kind }) => hits.filter((hit) => hit.kind === kind).map(hitValue)),
    ...(typed ? [everywhere] : []),
  ])
  const run = (action: () => void) => {
    close()
    action()
  }

  function open(hit: SearchHit) {
    if (hit.kind === 'ticket')
      void navigate({ to: '/inbox', search: { view: 'all', ticket: hit.id } })
    else if (hit.kind === 'company')
      void navigate({ to: '/customers/companies/$id', params: { id: hit.id } })
    else void navigate({ to: '/customers', search: { id: hit.id } as never })
  }

  return (
    <Cmdk.Dialog
      open
      onOpenChange={(on) => !on && close()}
      label={t('palette.title')}
      shouldFilter={false}
      value={value}
      onValueChange={choose}
      overlayClassName={styles.overlay}
      contentClassName={styles.dialog}
      className={styles.command}
      onKeyDown={(event) => {
        if (composing(event)) event.stopPropagation()
      }}
    >
      <div className={styles.search}>
        <Search size={17} aria-hidden="true" />
        <Cmdk.Input
          autoFocus
          value={query}
          onValueChange={setQuery}
          placeholder={t('palette.placeholder')}
        />
        <Kbd keys="Esc" />
      </div>
      <Cmdk.List className={styles.list} label={t('palette.title')}>
        {wanted && (
          <Cmdk.Group heading={t('palette.goTo')}>
            <Cmdk.Item value={hitValue(wanted)} onSelect={() => run(() => open(wanted))}>
              <span className={styles.number}>{t('palette.ticket', { number })}</span>
              <span className="truncate">{wanted.title}</span>
            </Cmdk.Item>
          </Cmdk.Group>
        )}
        {number !== null && !wanted && settled && (
          <p className={styles.note}>{t('palette.noTicket', { number })}</p>
        )}
        {found.map(({ group, commands }) => (
          <Cmdk.Group key={group} heading={group}>
            {commands.map((command) => (
              <Cmdk.Item
                key={command.id}
                value={entry(group, command.id)}
                onSelect={() => run(command.run)}
              >
                <span className="truncate">{command.name}</span>
                {command.current && <Check size={14} aria-label={t('palette.current')} />}
                {command.keys && <Kbd keys={command.keys} />}
              </Cmdk.Item>
            ))}
          </Cmdk.Group>
        ))}
        <Hits hits={hits} select={(hit) => run(() => open(hit))} />
        {typed && (
          <Cmdk.Item
            value={everywhere}
            onSelect={() => run(() => void navigate({ to: '/search', search: { q: typed } }))}
          >
            <Search size={14} aria-hidden="true" />
            <span className="truncate">{t('palette.everywhere', { query: typed })}</span>
          </Cmdk.Item>
        )}
        {isFetching && <p className={styles.note}>{t('palette.searching')}</p>}
        <Cmdk.Empty className={styles.note}>
          {isFetching ? '' : t('palette.empty', { query: typed })}
        </Cmdk.Empty>
      </Cmdk.List>
      <footer className={styles.footer}>{t('palette.hint')}</footer>
    </Cmdk.Dialog>
  )
}

const kinds = [
  { kind: 'ticket', heading: 'palette.tickets' },
  { kind: 'contact', heading: 'palette.people' },
  { kind: 'company', heading: 'palette.companies' },
] as const

const everywhere = 'search:everywhere'
const entry = (group: string, id: string) => `${group}:${id}`
const hitValue = (hit: SearchHit) => entry(hit.kind, hit.id)

function matching(groups: Record<string, Command[]>, typed: string) {
  return Object.entries(groups)
    .map(([group, commands]) => ({
      group,
      commands: commands.filter((command) => matchesName(command.name, typed)),
    }))
    .filter(({ commands }) => commands.length > 0)
}

/** What Enter runs: the chosen entry while it is listed, else the first one. */
function useChosen(values: string[]) {
  const [chosen, choose] = useState('')
  return { value: values.includes(chosen) ? chosen : (values[0] ?? ''), choose }
}

function Hits({ hits, select }: { hits: SearchHit[]; select: (hit: SearchHit) => void }) {
  const { t } = useTranslation()
  return kinds.map(({ kind, heading }) => {
    const found = hits.filter((hit) => hit.kind === kind)
    if (found.length === 0) return null
    return (
      <Cmdk.Group key={kind} heading={t(heading)}>
        {found.map((hit) => (
          <Cmdk.Item key={hit.id} value={hitValue(hit)} onSelect={() => select(hit)}>
            {kind === 'ticket' ? (
              <span className={styles.number}>#{hit.number}</span>
            ) : (
              <Avatar name={hit.title} size={20} />
            )}
            <span className="truncate">{hit.title}</span>
            <span className={styles.snippet}>{hit.snippet}</span>
          </Cmdk.Item>
        ))}
      </Cmdk.Group>
    )
  })
}
