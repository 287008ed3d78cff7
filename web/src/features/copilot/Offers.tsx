import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { BotMessageSquare, Check } from 'lucide-react'
import { putTextIntoReply } from '@/features/reply'
import type { Ticket } from '@/shared/api'
import { undoChangeSet } from '@/shared/api/macros'
import { answerOffer, offersQuery, type SkillDecision, type SkillDo } from '@/shared/api/skills'
import { useHotkeys } from '@/shared/hotkeys'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { type Command, useScreenCommands } from '@/shared/overlay'
import { useAction } from '@/shared/page'
import { Kbd } from '@/shared/ui'
import styles from './copilot.module.css'
import { useDeed } from './useDeed'

const approveKey = 'y'
const most = 3

/** What skills suggest of this ticket, have prepared for one key, or did by themselves. */
export function Offers({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { data } = useQuery(offersQuery(ticket.id))
  const { run, busy } = useAction()
  const items = data?.items ?? []
  const keys = [
    ['signals', ticket.id],
    ['ticket', ticket.id],
    ['history', ticket.id],
  ]
  const answer = (one: SkillDecision, what: SkillDo) =>
    run(
      () => answerOffer(ticket.id, one.id, what),
      { keys, done: what === 'accept' ? t('copilot.offers.accepted') : undefined },
      one.id,
    )
  const undo = (one: SkillDecision) =>
    run(() => undoChangeSet(one.run_id ?? ''), { keys, done: t('copilot.offers.undone') }, one.id)
  const prepared = items.find(({ fate, level }) => fate === 'open' && level === 'approve')
  useApproval(prepared && (() => void answer(prepared, 'accept')))
  if (items.length === 0) return null
  return (
    <ul className={styles.offers} aria-label={t('copilot.offers.title')}>
      {items.slice(0, most).map((one) => (
        <Offer
          key={one.id}
          offer={one}
          ticket={ticket}
          busy={busy === one.id}
          byKey={one === prepared}
          answer={(what) => answer(one, what)}
          undo={() => void undo(one)}
        />
      ))}
    </ul>
  )
}

/** One key, and an entry in the palette, for what is prepared. */
function useApproval(approve: (() => void) | undefined) {
  const { t } = useTranslation()
  const commands: Command[] = approve
    ? [{ id: approveKey, name: t('copilot.offers.command'), keys: approveKey, run: approve }]
    : []
  useScreenCommands(t('copilot.offers.title'), commands)
  useHotkeys(
    {
      [approveKey]: (event: KeyboardEvent) => {
        event.preventDefault()
        approve?.()
      },
    },
    { enabled: approve !== undefined },
  )
}

interface OfferProps {
  offer: SkillDecision
  ticket: Ticket
  busy: boolean
  byKey: boolean
  answer: (what: SkillDo) => Promise<unknown>
  undo: () => void
}

function Offer({ offer, ticket, busy, byKey, answer, undo }: OfferProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const deed = useDeed()
  const done = offer.fate === 'done'
  const state = done ? 'done' : offer.level === 'approve' ? 'prepared' : 'open'
  const why = localized(offer.why_title, locale, '')
  const share = new Intl.NumberFormat(locale, { style: 'percent' }).format(offer.confidence)
  const Icon = done ? Check : BotMessageSquare
  return (
    <li className={styles.offer} data-state={state} aria-busy={busy}>
      <header>
        <Icon size={14} aria-hidden="true" />
        <strong>{t(`copilot.offers.${state}`)}</strong>
        <span>{localized(offer.name, locale, offer.skill)}</span>
      </header>
      <ul className={styles.deeds}>
        {offer.steps.map((step) => (
          <Deed key={step.action} {...deed(step)} />
        ))}
      </ul>
      <small>
        {why && `${why} · `}
        {t('copilot.offers.sure', { share })}
      </small>
      <div className={styles.foot}>
        {done ? (
          offer.run_id && (
            <Button size="small" loading={busy} onClick={undo}>
              {t('copilot.offers.undo')}
            </Button>
          )
        ) : (
          <Answers offer={offer} ticket={ticket} busy={busy} byKey={byKey} answer={answer} />
        )}
      </div>
    </li>
  )
}

const Deed = ({ name, value }: { name: string; value: string }) => (
  <li>
    <span>{name}</span> {value}
  </li>
)

function Answers({ offer, ticket, busy, byKey, answer }: Omit<OfferProps, 'undo'>) {
  const { t } = useTranslation()
  const text = offer.steps.map(({ params }) => params.text).find((one) => typeof one === 'string')
  const editable = typeof text === 'string' && ticket.abilities.includes('ticket:reply')
  const prepared = offer.level === 'approve'
  return (
    <>
      <Button
        size="small"
        type={prepared ? 'primary' : 'default'}
        loading={busy}
        onClick={() => void answer('accept')}
      >
        {t(prepared ? 'copilot.offers.approve' : 'copilot.offers.accept')}
        {byKey && <Kbd keys={approveKey} />}
      </Button>
      {editable && (
        <Button
          size="small"
          onClick={() => {
            putTextIntoReply(ticket.id, text)
            void answer('edit')
          }}
        >
          {t('copilot.offers.edit')}
        </Button>
      )}
      <Button size="small" type="text" onClick={() => void answer('discard')}>
        {t('copilot.offers.discard')}
      </Button>
    </>
  )
}
