import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { ExternalLink, RefreshCw } from 'lucide-react'
import type { Id } from '@/shared/api'
import {
  awaitPanelSource,
  followPanelLink,
  type PanelItem,
  type PanelLink,
  panelQuery,
  refreshPanelSource,
} from '@/shared/api/panel'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { IconButton, Skeleton, Time } from '@/shared/ui'
import { Answer } from './Answer'
import styles from './panel.module.css'

/** Below it nobody has proven who they are: what is shown may be about somebody else. */
const known = 2

export function Source({ ticket, item }: { ticket: Id; item: PanelItem }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const put = usePut(ticket)
  useLate(ticket, item, put)
  const has = item.fields.length + item.tables.length + item.links.length > 0
  async function refresh() {
    const next = await run(() => refreshPanelSource(ticket, item.source_id))
    if (next) put(next)
  }
  return (
    <section className={styles.source} aria-label={item.name} aria-busy={item.asking}>
      <header>
        <h3>{item.name}</h3>
        {item.fetched_at && !item.local && (
          <small>
            <Time at={item.fetched_at} />
          </small>
        )}
        {!item.local && (
          <IconButton
            icon={RefreshCw}
            size="small"
            label={t('panel.refresh', { name: item.name })}
            loading={busy !== null || (item.asking && item.state === 'stale')}
            onClick={() => void refresh()}
          />
        )}
      </header>
      <State item={item} has={has} />
      {has && <Answer item={item} />}
      {item.links.map((link) => (
        <Follow key={link.key} ticket={ticket} source={item.source_id} link={link} />
      ))}
    </section>
  )
}

/** Puts one source's newer state in its place. */
function usePut(ticket: Id) {
  const client = useQueryClient()
  return (next: PanelItem) =>
    client.setQueryData(panelQuery(ticket).queryKey, (items) =>
      items?.map((old) => (old.source_id === next.source_id ? next : old)),
    )
}

/** What is on its way is waited for in a request of its own. */
function useLate(ticket: Id, item: PanelItem, put: (next: PanelItem) => void) {
  useQuery({
    queryKey: ['panel-late', ticket, item.source_id, item.fetched_at],
    queryFn: async ({ signal }) => {
      const next = await awaitPanelSource(ticket, item.source_id, signal)
      put({ ...next, asking: false })
      return next
    },
    enabled: item.asking,
    retry: false,
    gcTime: 0,
    staleTime: 0,
  })
}

function State({ item, has }: { item: PanelItem; has: boolean }) {
  const { t } = useTranslation()
  const { state, error, strength } = item
  if (state === 'late') {
    return item.asking ? (
      <>
        <p className={styles.note}>{t('panel.late')}</p>
        <Skeleton lines={2} />
      </>
    ) : (
      <p className={styles.note}>{t('panel.noAnswer')}</p>
    )
  }
  const why = error && t(`panel.errors.${error}` as 'panel.errors.timeout', { defaultValue: error })
  return (
    <>
      {state === 'stale' && (
        <p className={styles.warn}>
          {item.asking ? t('panel.staleAsking') : t('panel.stale')}
          {why && ` ${why}`}
        </p>
      )}
      {state === 'failed' && (
        <p className={error === 'nothing_to_ask' ? styles.note : styles.warn}>
          {why || t('panel.noAnswer')}
        </p>
      )}
      {state === 'resting' && <p className={styles.warn}>{t('panel.resting')}</p>}
      {state === 'fresh' && !has && <p className={styles.note}>{t('panel.unknown')}</p>}
      {has && !item.local && strength !== null && strength < known && (
        <p className={styles.warn}>{t('panel.unproven')}</p>
      )}
    </>
  )
}

function Follow({ ticket, source, link }: { ticket: Id; source: Id; link: PanelLink }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { run, busy } = useAction()
  async function follow() {
    // Opened by the click itself, or browsers would keep it back; it never sees this page.
    const tab = window.open('', '_blank')
    if (tab) tab.opener = null
    const found = await run(() => followPanelLink(ticket, source, link.key))
    if (!found) tab?.close()
    else if (tab) tab.location.replace(found.url)
    else window.location.assign(found.url)
  }
  const { missing = [] } = link
  const lacks = missing.length > 0
  return (
    <div className={styles.link}>
      <Button
        size="small"
        icon={<ExternalLink size={13} aria-hidden="true" />}
        disabled={lacks}
        loading={busy !== null}
        onClick={() => void follow()}
      >
        {localized(link.label, locale, link.key)}
      </Button>
      <small>{lacks ? t('panel.lacks', { names: missing.join(', ') }) : link.host}</small>
    </div>
  )
}
