import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useId, useState } from 'react'
import { dismissFinding, type Finding, healthKey, reopenFinding } from '@/shared/api/upkeep'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Time } from '@/shared/ui'
import styles from './health.module.css'

/** The words that a finding rests on, each with its ticket; closed until somebody wants them. */
export function Evidence({ quotes }: { quotes: Finding['quotes'] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const id = useId()
  if (quotes.length === 0) return null
  return (
    <>
      <Button
        type="link"
        size="small"
        className={styles.more}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {open ? t('upkeep.hideQuotes') : t('upkeep.quotes', { count: quotes.length })}
      </Button>
      {open && (
        <ul id={id} className={styles.quotes}>
          {quotes.map((quote, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, without names of its own
            <li key={at}>
              <q>{quote.text}</q>
              <span>
                {quote.ticket_id ? (
                  <Link to="/inbox" search={{ ticket: quote.ticket_id }}>
                    {t('upkeep.ticket', { number: quote.ticket_number ?? '' })}
                  </Link>
                ) : (
                  t('upkeep.search')
                )}
                {quote.at && <Time at={quote.at} />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Away with it, until the evidence changes; or back again. */
export function Settle({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const isAway = finding.state === 'dismissed'
  const settle = () =>
    run(() => (isAway ? reopenFinding(finding.id) : dismissFinding(finding.id)), {
      done: isAway ? t('upkeep.reopenDone') : t('upkeep.dismissDone'),
      keys: [healthKey],
    })
  return (
    <Button loading={busy !== null} onClick={() => void settle()}>
      {isAway ? t('upkeep.reopen') : t('upkeep.dismiss')}
    </Button>
  )
}
