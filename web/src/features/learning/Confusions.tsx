import { Button } from 'antd'
import { useState } from 'react'
import type { Head, ModelReport } from '@/shared/api/learning'
import { useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import styles from './learning.module.css'
import { useLabelName } from './useLabelName'

const first = 6

/** What it takes for what, as sentences: a table of a hundred labels is read by nobody. */
export function Confusions({ head, report }: { head: Head; report: ModelReport }) {
  const { t } = useTranslation()
  const name = useLabelName(head)
  const [all, setAll] = useState(false)
  const shown = all ? report.confusions : report.confusions.slice(0, first)
  return (
    <Card title={t('learning.confusions')} hint={t('learning.confusionsHint')}>
      {shown.length === 0 ? (
        <p className={styles.none}>{t('learning.noConfusions')}</p>
      ) : (
        <ul className={styles.sentences}>
          {shown.map(({ truth, said, count, of }) => (
            <li key={`${truth} ${said}`}>
              <span className={styles.share} aria-hidden="true">
                <span
                  className={styles.part}
                  style={{ width: `${(count / Math.max(1, of)) * 100}%` }}
                />
              </span>
              {t('learning.confusion', { truth: name(truth), said: name(said), count, of })}
            </li>
          ))}
        </ul>
      )}
      {!all && report.confusions.length > first && (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('learning.showAll', { count: report.confusions.length })}
        </Button>
      )}
    </Card>
  )
}
