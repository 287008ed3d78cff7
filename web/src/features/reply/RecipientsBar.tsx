import { ChevronDown } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { Address } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import styles from './Reply.module.css'
import type { Problem, Recipients } from './recipients'

const RecipientsFields = lazy(() => import('./RecipientsFields'))

export interface RecipientsProps {
  list: Recipients
  /** Who has taken part so far: offered while typing. */
  known: Address[]
  problem: Problem | null
  open: boolean
  setOpen: (open: boolean) => void
  change: (list: Recipients) => void
}

/** One line that says whom the answer reaches; opened, two fields to change it. */
export function RecipientsBar({ list, known, problem, open, setOpen, change }: RecipientsProps) {
  const { t } = useTranslation()
  const [first, ...more] = list.to
  return (
    <section className={styles.recipients} aria-label={t('message.to')}>
      {!open && (
        <button
          type="button"
          className={styles.recipientsLine}
          aria-expanded={false}
          aria-label={t('reply.recipients', { list: [...list.to, ...list.cc].join(', ') })}
          onClick={() => setOpen(true)}
        >
          <span className={styles.recipientsLabel}>{t('message.to')}</span>
          <span className="truncate">{first ?? t('reply.noRecipient')}</span>
          {more.length > 0 && <small>+{more.length}</small>}
          {list.cc.length > 0 && <small>{t('reply.ccCount', { count: list.cc.length })}</small>}
          <ChevronDown size={13} aria-hidden="true" />
        </button>
      )}
      {open && (
        <Suspense fallback={null}>
          <RecipientsFields
            list={list}
            known={known}
            problem={problem}
            setOpen={setOpen}
            change={change}
          />
        </Suspense>
      )}
      {problem && (open || problem === 'none') && (
        <p className={styles.recipientsProblem} role="alert">
          {t(`reply.recipientProblems.${problem}`)}
        </p>
      )}
    </section>
  )
}
