import { useQuery } from '@tanstack/react-query'
import { Popover } from 'antd'
import { Sparkles } from 'lucide-react'
import { inferredQuery } from '@/shared/api/surveys'
import type { Id } from '@/shared/api/types'
import { useLocale, useTranslation } from '@/shared/i18n'
import styles from './surveys.module.css'

type Found = NonNullable<ReturnType<typeof useInferred>>
const named = ['mood', 'course', 'turns', 'reopened', 'waited', 'thanks', 'words'] as const
type Named = (typeof named)[number]

export function useInferred(ticket: Id) {
  const { data } = useQuery(inferredQuery(ticket))
  return data?.rating && typeof data.score === 'number'
    ? { ...data, rating: data.rating, score: data.score }
    : null
}

/** What the customer would probably say: said as a guess, with what it comes from. */
export function Inferred({ found }: { found: Found }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const share = new Intl.NumberFormat(locale, { style: 'percent' }).format(found.score)
  return (
    <p className={styles.inferred}>
      <Popover trigger={['hover', 'focus']} placement="leftTop" content={<Parts found={found} />}>
        <button type="button" data-rating={found.rating}>
          <Sparkles size={13} aria-hidden="true" />
          {t(`work.inferred.rating.${found.rating}`)}
          <small>{t('work.inferred.share', { share })}</small>
        </button>
      </Popover>
    </p>
  )
}

function Parts({ found }: { found: Found }) {
  const { t } = useTranslation()
  const isNamed = (name: string): name is Named => (named as readonly string[]).includes(name)
  return (
    <div className={styles.parts}>
      <p>{t('work.inferred.hint')}</p>
      <strong>
        {found.model === 'rules'
          ? t('work.inferred.rules')
          : t('work.inferred.model', { model: found.model })}
      </strong>
      <ul>
        {(found.parts ?? []).map((part) => (
          <li key={part.name}>
            {t(`work.inferred.parts.${part.name}`)}
            {part.found && isNamed(part.name) && (
              <small> {t(`work.inferred.found.${part.name}`, { found: part.found })}</small>
            )}
            {part.weight !== 0 && <b>{part.weight > 0 ? `+${part.weight}` : `−${-part.weight}`}</b>}
          </li>
        ))}
      </ul>
    </div>
  )
}
