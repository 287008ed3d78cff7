import { DatabaseZap } from 'lucide-react'
import type { Finding, Health, Statement } from '@/shared/api/system'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card, Mono, Table } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { milliseconds, rate, share } from './figures'
import styles from './health.module.css'

const tones = { info: 'info', warn: 'warn', bad: 'danger' } as const

/** What slows the database, in words, with what to do. */
export function Findings({ items }: { items: Finding[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Card title={t('system.advice')} hint={t('system.adviceHint')}>
      {items.length === 0 ? (
        <Empty icon={DatabaseZap} title={t('system.well')} hint={t('system.wellHint')} />
      ) : (
        <ul className={styles.findings}>
          {items.map((one) => (
            <li key={`${one.key} ${one.subject}`}>
              <Tag tone={tones[one.level]}>{t(`system.levels.${one.level}`)}</Tag>
              <div>
                <p>{localized(one.text, locale, one.key)}</p>
                <p className={styles.todo}>{localized(one.cure, locale, '')}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** What costs most, by its place in the code. */
export function Statements({ health }: { health: Health }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const time = (value: number) => milliseconds(value, locale)
  return (
    <Card
      title={t('system.statements')}
      hint={t(`system.statementsHint.${health.source}`)}
      flush={health.statements.length > 0}
    >
      {health.statements.length === 0 ? (
        <Empty icon={DatabaseZap} title={t('system.noStatements')} />
      ) : (
        <Table<Statement>
          label={t('system.statements')}
          rows={health.statements}
          keyOf={({ place, text }) => `${place} ${text}`}
          bare
          columns={[
            {
              key: 'place',
              title: t('system.place'),
              cell: ({ place, text }) => (
                <span className={styles.statement} title={text}>
                  <Mono>{place || '—'}</Mono>
                  <span className={styles.text}>{text}</span>
                </span>
              ),
            },
            {
              key: 'share',
              title: t('system.shareOfTime'),
              width: 110,
              end: true,
              cell: (one) => share(Math.round(one.share * 1000) / 1000, locale),
            },
            {
              key: 'rate',
              title: t('system.perMinute'),
              width: 100,
              end: true,
              cell: ({ per_minute }) => rate(per_minute, locale),
            },
            {
              key: 'mean',
              title: t('system.mean'),
              width: 90,
              end: true,
              cell: ({ mean_ms }) => time(mean_ms),
            },
            {
              key: 'worst',
              title: t('system.worst'),
              width: 100,
              end: true,
              cell: ({ worst_ms }) => time(worst_ms),
            },
          ]}
        />
      )}
    </Card>
  )
}
