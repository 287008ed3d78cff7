import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { BookOpenText, MessageSquareReply, TriangleAlert, Zap } from 'lucide-react'
import type {
  CopilotAnswer,
  CopilotSentence,
  CopilotSource,
  CopilotStep,
} from '@/shared/api/copilot'
import { useTranslation } from '@/shared/i18n'
import styles from './copilot.module.css'
import { useReason } from './useReason'

interface Props {
  answer: CopilotAnswer
  insert?: (text: string) => void
}

/** What the copilot made, with what it rests on and who made it. */
export function Answered({ answer, insert }: Props) {
  const { t } = useTranslation()
  const { task, summary, steps, sentences, sources } = answer
  const used = new Set(sentences.flatMap((one) => one.sources))
  const unsupported = sentences.filter((one) => one.kind === 'unsupported').length
  return (
    <>
      {summary ? (
        <Summary summary={summary} />
      ) : task === 'next' ? (
        <Steps steps={steps} insert={insert} />
      ) : answer.text === '' ? (
        <p className={styles.none}>
          <strong>{t('copilot.noSource')}</strong>
          <span>{t('copilot.noSourceHint')}</span>
        </p>
      ) : sentences.length > 0 ? (
        <Sentences sentences={sentences} sources={sources} />
      ) : (
        <p className={styles.text}>{answer.text}</p>
      )}
      {unsupported > 0 && (
        <p className={styles.warning}>
          <TriangleAlert size={13} aria-hidden="true" />
          {t('copilot.unsupportedCount', { count: unsupported })}
        </p>
      )}
      <Sources sources={sources.filter(({ number }) => used.has(number))} />
      <By answer={answer} />
    </>
  )
}

function Sentences({
  sentences,
  sources,
}: {
  sentences: CopilotSentence[]
  sources: CopilotSource[]
}) {
  const { t } = useTranslation()
  const title = (number: number) => sources[number - 1]?.title ?? ''
  return (
    <p className={styles.text}>
      {sentences.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences never move
        <span key={place}>
          {one.kind === 'unsupported' ? (
            <mark title={t('copilot.unsupported')}>{one.text}</mark>
          ) : (
            one.text
          )}
          {one.sources.map((number) => (
            <sup key={number} title={t('copilot.source', { number, title: title(number) })}>
              {number}
            </sup>
          ))}
          {one.breaks ? '\n\n' : ' '}
        </span>
      ))}
    </p>
  )
}

const icons = {
  article: BookOpenText,
  answer: MessageSquareReply,
  macro: Zap,
  message: MessageSquareReply,
}

function Sources({ sources }: { sources: CopilotSource[] }) {
  const { t } = useTranslation()
  if (sources.length === 0) return null
  return (
    <ol className={styles.sources} aria-label={t('copilot.sources')}>
      {sources.map((one) => {
        const Icon = icons[one.kind]
        return (
          <li key={one.number} title={one.excerpt}>
            <b>{one.number}</b>
            <Icon size={12} aria-label={t(`copilot.kinds.${one.kind}`)} />
            <SourceName source={one} />
          </li>
        )
      })}
    </ol>
  )
}

function SourceName({ source }: { source: CopilotSource }) {
  if (source.kind === 'article')
    return (
      <Link to="/knowledge/$id" params={{ id: source.id }} className="truncate">
        {source.title}
      </Link>
    )
  const name = source.ticket_number ? `#${source.ticket_number} ${source.title}` : source.title
  return <span className="truncate">{name}</span>
}

function By({ answer }: { answer: CopilotAnswer }) {
  const { t } = useTranslation()
  const reason = useReason()
  if (answer.task === 'next') return null
  const words =
    answer.made_by === 'model'
      ? t('copilot.byModel', { model: answer.model })
      : answer.reason
        ? t('copilot.why', { reason: reason(answer.reason) })
        : t('copilot.byUs')
  return <p className={styles.by}>{words}</p>
}

const parts = ['problem', 'tried', 'state', 'question'] as const

function Summary({ summary }: { summary: NonNullable<CopilotAnswer['summary']> }) {
  const { t } = useTranslation()
  const shown = parts.filter((part) => summary[part].length > 0)
  if (shown.length === 0) return <p className={styles.none}>{t('copilot.nothingSaid')}</p>
  return (
    <dl className={styles.summary}>
      {shown.map((part) => (
        <div key={part}>
          <dt>{t(`copilot.parts.${part}`)}</dt>
          {summary[part].map((point) => (
            <dd key={point.text}>{point.text}</dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

function Steps({ steps, insert }: { steps: CopilotStep[]; insert?: (text: string) => void }) {
  const { t } = useTranslation()
  if (steps.length === 0) return <p className={styles.none}>{t('copilot.noSteps')}</p>
  return (
    <ul className={styles.steps}>
      {steps.map((step) => (
        <li key={`${step.why}${step.id ?? ''}`} data-kind={step.kind}>
          <span>
            {t(`copilot.steps.${step.why}` as 'copilot.steps.late', {
              ...step.values,
              defaultValue: step.why,
            })}
            {step.text && <small>{step.text}</small>}
          </span>
          {step.text && insert && (
            <Button size="small" onClick={() => insert(step.text ?? '')}>
              {t('copilot.insert')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
