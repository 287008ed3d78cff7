import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { Download } from 'lucide-react'
import { address } from '@/shared/api/client'
import { type Behind, usesQuery } from '@/shared/api/upkeep'
import { useLocale, useTranslation } from '@/shared/i18n'
import { More, QueryView } from '@/shared/page'
import { Empty, Time } from '@/shared/ui'
import styles from './health.module.css'

interface Props {
  behind: Behind & { name: string }
  close: () => void
}

/** The tickets behind a number, and the same as a file. */
export function BehindPanel({ behind, close }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { name, ...asked } = behind
  const query = useInfiniteQuery(usesQuery(asked))
  const rows = query.data?.pages.flatMap((page) => page.items)
  const step = t(`upkeep.adoption.steps.${behind.step}`)
  const file = `${address('/knowledge/usage/export')}?${new URLSearchParams(asked as Record<string, string>)}`
  const share = (value: number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(value)
  return (
    <Drawer
      open
      onClose={close}
      title={t('upkeep.adoption.behind', { step, name })}
      size={520}
      extra={
        <Button icon={<Download size={15} />} href={file} download>
          {t('upkeep.adoption.export')}
        </Button>
      }
    >
      <p className={styles.note}>{t(`upkeep.adoption.hints.${behind.step}`)}</p>
      <QueryView
        query={{ ...query, data: rows }}
        lines={6}
        empty={<Empty title={t('upkeep.adoption.noTickets')} />}
      >
        {(items) => (
          <ul className={styles.behind}>
            {items.map((row) => (
              <li key={`${row.ticket_id} ${row.article_id} ${row.agent_id}`}>
                <Link to="/inbox" search={{ ticket: row.ticket_id }}>
                  <small>#{row.number}</small>
                  <span>{row.subject}</span>
                  <small>
                    {row.changed !== null &&
                      `${t('upkeep.adoption.changed', { share: share(row.changed) })} · `}
                    {row.agent} <Time at={row.at} />
                  </small>
                </Link>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <More query={query} />
    </Drawer>
  )
}
