import type { Head, WeakLabel } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { ButtonLink } from '@/shared/ui'
import { between, percent } from './figures'
import styles from './learning.module.css'
import { useLabelName } from './useLabelName'

/** The labels that it knows worst, and what would help. */
export function WeakLabels({ head, weak }: { head: Head; weak: WeakLabel[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = useLabelName(head)
  return (
    <Card
      title={t('learning.weak')}
      hint={t('learning.weakHint')}
      actions={
        head === 'satisfaction' ? undefined : (
          <ButtonLink size="small" to="/admin/labels" search={{ head }}>
            {t('learning.giveLabels')}
          </ButtonLink>
        )
      }
    >
      {weak.length === 0 ? (
        <p className={styles.none}>{t('learning.noWeak')}</p>
      ) : (
        <ul className={styles.sentences}>
          {weak.map((one) => (
            <li key={one.label}>
              <b>{name(one.label)}</b>{' '}
              {t('learning.recognised', {
                share: percent(one.recall.value, locale),
                range: between(one.recall, locale),
                count: one.examples,
              })}{' '}
              {t(`learning.advice.${one.advice}`, { other: name(one.other ?? '') })}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
