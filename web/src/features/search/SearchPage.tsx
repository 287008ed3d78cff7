import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { SearchX } from 'lucide-react'
import { findQuery, type SearchFound, type SearchHit } from '@/shared/api'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Page, SearchBox } from '@/shared/page'
import { Empty, ErrorState, Skeleton, Time } from '@/shared/ui'
import { examples, withExample } from './examples'
import styles from './search.module.css'

interface Props {
  q: string
  kind: string | undefined
  change: (search: { q?: string; kind?: string }) => void
}

/** Everything that can be found, while it is typed, each with the reason. */
export function SearchPage({ q, kind, change }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const query = useInfiniteQuery(findQuery(q, kind))
  const found = q ? (query.data?.pages ?? []) : []
  const hits = found.flatMap((page) => page.items)
  const [first] = found
  return (
    <Page title={t('find.title')}>
      <SearchBox
        main
        value={q}
        label={t('find.placeholder')}
        onChange={(next) => change({ q: next || undefined, kind })}
        onDown={() => document.querySelector<HTMLElement>(`.${styles.hits} a`)?.focus()}
      />
      {first && (
        <nav className={styles.kinds} aria-label={t('find.title')}>
          {[{ kind: undefined, title: undefined }, ...first.kinds].map((one) => (
            <Button
              key={one.kind ?? 'all'}
              size="small"
              type={one.kind === kind ? 'primary' : 'default'}
              aria-pressed={one.kind === kind}
              onClick={() => change({ q, kind: one.kind })}
            >
              {one.title ? localized(one.title, locale, one.kind) : t('find.all')}
            </Button>
          ))}
        </nav>
      )}
      {first && <Notes found={first} />}
      {query.error && <ErrorState error={query.error} retry={query.refetch} />}
      {!q && <Hints choose={(text) => change({ q: withExample(q, text), kind })} />}
      {q && query.isPending && <Skeleton lines={8} />}
      {q && first && hits.length === 0 && (
        <Empty icon={SearchX} title={t('find.none', { query: q })} hint={t('find.noneHint')} />
      )}
      <ol className={styles.hits}>
        {hits.map((hit) => (
          <li key={`${hit.kind}:${hit.id}`}>
            <Hit hit={hit} kinds={first?.kinds ?? []} />
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('find.more')}
        </Button>
      )}
    </Page>
  )
}

function Notes({ found }: { found: SearchFound }) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <div className={styles.notes} role="status">
      {found.problems.map((problem) => (
        <p key={problem.term + problem.code}>{localized(problem.message, locale, problem.term)}</p>
      ))}
      {found.corrected.map(({ word, used }) => (
        <p key={word}>{t('find.corrected', { word, used: used.join(', ') })}</p>
      ))}
    </div>
  )
}

function Hints({ choose }: { choose: (text: string) => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <section className={styles.hints}>
      <p>{t('find.start')}</p>
      <p>{t('find.hint')}</p>
      <ul>
        {examples(locale).map(({ id, text }) => (
          <li key={id}>
            <button type="button" onClick={() => choose(text)}>
              <code>{text}</code>
              <span>{t(`find.examples.${id}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

const step = (by: 1 | -1, from: HTMLElement) => {
  const all = [...document.querySelectorAll<HTMLElement>(`.${styles.hits} a`)]
  all[all.indexOf(from) + by]?.focus()
}

function Hit({ hit, kinds }: { hit: SearchHit; kinds: SearchFound['kinds'] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const title = kinds.find(({ kind }) => kind === hit.kind)?.title
  const inner = (
    <>
      <span className={styles.top}>
        <small>{localized(title, locale, hit.kind)}</small>
        {hit.number && <b>#{hit.number}</b>}
        <strong className="truncate">{hit.title}</strong>
        {hit.at && <Time at={hit.at} />}
      </span>
      {(hit.matches ?? []).slice(0, 2).map((match) => (
        <span key={match.field} className={styles.match}>
          <i>
            {localized(match.title ?? undefined, locale, '') ||
              t(`find.fields.${match.field}` as 'find.fields.subject', {
                defaultValue: match.field,
              })}
          </i>{' '}
          {match.parts.map((part, at) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
            part.hit ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
          )}
        </span>
      ))}
      {(hit.matches ?? []).length === 0 && <span className={styles.match}>{hit.snippet}</span>}
    </>
  )
  const shared = {
    className: styles.hit,
    onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      step(event.key === 'ArrowDown' ? 1 : -1, event.currentTarget)
    },
  }
  if (hit.kind === 'ticket') {
    return (
      <Link to="/inbox" search={{ view: 'all', ticket: hit.id }} {...shared}>
        {inner}
      </Link>
    )
  }
  if (hit.kind === 'company') {
    return (
      <Link to="/customers/companies/$id" params={{ id: hit.id }} {...shared}>
        {inner}
      </Link>
    )
  }
  if (hit.kind === 'contact') {
    return (
      <Link to="/customers/$id" params={{ id: hit.id }} {...shared}>
        {inner}
      </Link>
    )
  }
  return <div className={styles.hit}>{inner}</div>
}
