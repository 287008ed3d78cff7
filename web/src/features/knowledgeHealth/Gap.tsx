import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { FilePlus2 } from 'lucide-react'
import { draftForGap, type Finding, healthKey } from '@/shared/api/upkeep'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { ButtonLink, Tag } from '@/shared/ui'
import { Evidence, Settle } from './Evidence'
import styles from './health.module.css'

const half = 4

/** A question that is asked again and again. */
export function Gap({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { run, busy } = useAction()
  const draft = async () => {
    const made = await run(() => draftForGap(finding.id), {
      done: t('upkeep.gaps.drafted'),
      keys: [healthKey],
    })
    if (made) {
      void navigate({
        to: '/knowledge/$id',
        params: { id: made.article_id },
        search: { language: made.locale },
      })
    }
  }
  return (
    <article className={styles.finding}>
      <div>
        <h3>{finding.title}</h3>
        <p className={styles.facts}>
          <b>{t('upkeep.gaps.asked', { count: finding.count })}</b>
          {finding.searches > 0 && (
            <span>{t('upkeep.gaps.searches', { count: finding.searches })}</span>
          )}
          <Weeks weeks={finding.weeks} />
          {finding.terms.map((term) => (
            <Tag key={term}>{term}</Tag>
          ))}
        </p>
        <Evidence quotes={finding.quotes} />
      </div>
      <div className={styles.actions}>
        {finding.article_id ? (
          <ButtonLink
            to="/knowledge/$id"
            params={{ id: finding.article_id }}
            color="primary"
            variant="solid"
          >
            {t('upkeep.gaps.toDraft')}
          </ButtonLink>
        ) : (
          <Button
            type="primary"
            ghost
            icon={<FilePlus2 size={15} />}
            loading={busy !== null}
            onClick={() => void draft()}
          >
            {t('upkeep.gaps.draft')}
          </Button>
        )}
        <Settle finding={finding} />
      </div>
    </article>
  )
}

function Weeks({ weeks }: { weeks: number[] }) {
  const { t } = useTranslation()
  const most = Math.max(1, ...weeks)
  const sum = (part: number[]) => part.reduce((all, one) => all + one, 0)
  const [before, now] = [sum(weeks.slice(0, half)), sum(weeks.slice(half))]
  return (
    <>
      <svg
        className={styles.weeks}
        viewBox={`0 0 ${weeks.length * 6} 18`}
        role="img"
        aria-label={t('upkeep.gaps.trend', { weeks: weeks.join(', ') })}
      >
        {weeks.map((count, at) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a week has no name but its place
            key={at}
            x={at * 6}
            width={4}
            y={17 - (count / most) * 16}
            height={1 + (count / most) * 16}
            rx={1}
          />
        ))}
      </svg>
      {now > before && <Tag tone="warn">{t('upkeep.gaps.rising')}</Tag>}
      {now < before && <Tag>{t('upkeep.gaps.falling')}</Tag>}
    </>
  )
}
