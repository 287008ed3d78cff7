import { ExternalLink } from 'lucide-react'
import type { PanelCell, PanelItem, PanelTable } from '@/shared/api/panel'
import { fullTime } from '@/shared/format'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Tag, useZone } from '@/shared/ui'
import { readDay, readMoney, readNumber } from './cells'
import styles from './panel.module.css'

/** Fields and tables of an answer, formatted for the reader; the test of a source shows the same. */
export function Answer({ item }: { item: Pick<PanelItem, 'fields' | 'tables'> }) {
  const locale = useLocale()
  return (
    <>
      {item.fields.length > 0 && (
        <dl className={styles.fields}>
          {item.fields.map(({ key, label, cell }) => (
            <div key={key}>
              <dt>{localized(label, locale, key)}</dt>
              <dd>
                <Cell cell={cell} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {item.tables.map((table) => (
        <Rows key={table.key} table={table} />
      ))}
    </>
  )
}

function Rows({ table }: { table: PanelTable }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = localized(table.label, locale, table.key)
  return (
    <>
      <h4 className={styles.caption}>{name}</h4>
      {table.rows.length === 0 ? (
        <p className={styles.note}>{t('panel.noRows')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={name}>
          <table>
            <thead>
              <tr>
                {table.columns.map(({ key, label }) => (
                  <th key={key} scope="col">
                    {localized(label, locale, key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, number) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place
                <tr key={number}>
                  {table.columns.map(({ key }) => (
                    <td key={key}>{row[key] && <Cell cell={row[key]} />}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {(table.more ?? 0) > 0 && (
        <p className={styles.note}>{t('panel.more', { count: table.more })}</p>
      )}
    </>
  )
}

function Cell({ cell }: { cell: PanelCell }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  switch (cell.kind) {
    case 'masked':
      return (
        <span className={styles.masked} title={t('panel.masked')}>
          ••••{cell.text}
          <span className="sr-only"> {t('panel.masked')}</span>
        </span>
      )
    case 'badge':
      return <Tag tone={cell.tone}>{cell.text}</Tag>
    case 'flag':
      return cell.text === 'true' ? t('common.yes') : t('common.no')
    case 'number':
      return <span className={styles.figure}>{readNumber(cell.text, locale)}</span>
    case 'money':
      return <span className={styles.figure}>{readMoney(cell, locale)}</span>
    case 'date':
      return cell.text.length === 10
        ? readDay(cell.text, locale)
        : fullTime(cell.text, locale, zone).replace(/:\d\d$/, '')
    case 'link':
      return (
        <a href={cell.url} target="_blank" rel="noopener noreferrer">
          {cell.text} <ExternalLink size={12} aria-label={t('panel.newTab')} />
        </a>
      )
    default:
      return cell.text
  }
}
