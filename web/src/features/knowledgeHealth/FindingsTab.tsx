import { useInfiniteQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { CircleCheck, Hourglass, Telescope } from 'lucide-react'
import { useState } from 'react'
import { type Check, type Finding, type FindingKind, findingsQuery } from '@/shared/api/upkeep'
import { useTranslation } from '@/shared/i18n'
import { More, QueryView } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { Against } from './Against'
import { Gap } from './Gap'
import styles from './health.module.css'
import { Stale } from './Stale'

const words = { gap: 'gaps', stale: 'stale', contradiction: 'against' } as const

interface Props {
  kind: FindingKind
  /** How the last check stands; none: nothing was looked at yet. */
  check: Check['state'] | undefined
}

/** What was found of a kind, with what it rests on. */
export function FindingsTab({ kind, check }: Props) {
  const { t } = useTranslation()
  const [state, setState] = useState<'open' | 'dismissed'>('open')
  const query = useInfiniteQuery(findingsQuery(kind, state))
  const rows = query.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <Segmented<'open' | 'dismissed'>
        className={styles.which}
        aria-label={t('upkeep.which')}
        value={state}
        onChange={setState}
        options={[
          { value: 'open', label: t('upkeep.open') },
          { value: 'dismissed', label: t('upkeep.dismissed') },
        ]}
      />
      <QueryView
        query={{ ...query, data: rows }}
        lines={8}
        empty={
          state === 'open' && check !== 'done' && check !== 'cancelled' ? (
            <Unknown isRunning={check === 'running'} />
          ) : state === 'open' ? (
            <Empty
              icon={CircleCheck}
              title={t(`upkeep.${words[kind]}.none`)}
              hint={t(`upkeep.${words[kind]}.noneHint`)}
            />
          ) : (
            <Empty icon={CircleCheck} title={t('upkeep.noneDismissed')} />
          )
        }
      >
        {(found) => (
          <ul className={styles.findings}>
            {found.map((one) => (
              <li key={one.id}>
                <One finding={one} />
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <More query={query} />
    </>
  )
}

/** Nothing found is not "none" before somebody has looked. */
function Unknown({ isRunning }: { isRunning: boolean }) {
  const { t } = useTranslation()
  return isRunning ? (
    <Empty icon={Hourglass} title={t('upkeep.looking')} hint={t('upkeep.lookingHint')} />
  ) : (
    <Empty icon={Telescope} title={t('upkeep.unknown')} hint={t('upkeep.unknownHint')} />
  )
}

function One({ finding }: { finding: Finding }) {
  switch (finding.kind) {
    case 'gap':
      return <Gap finding={finding} />
    case 'stale':
      return <Stale finding={finding} />
    case 'contradiction':
      return <Against finding={finding} />
    default:
      return finding.kind satisfies never
  }
}
