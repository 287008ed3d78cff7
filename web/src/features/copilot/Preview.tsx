import { Button } from 'antd'
import { CornerDownLeft, RotateCcw, Square } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { ApiError } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { ConfirmBar, errorText } from '@/shared/ui'
import { Answered } from './Answered'
import styles from './copilot.module.css'
import { useReason } from './useReason'
import type { Work } from './useWork'

interface Props {
  work: Work
  hasText: boolean
  use: (text: string, how: 'insert' | 'replace') => void
  halt: () => void
  again: () => void
  discard: () => void
}

/** What arrives, then what it came to, and what can be done with it. */
export function Preview({ work, hasText, use, halt, again, discard }: Props) {
  const { t } = useTranslation()
  const { answer, busy } = work
  const rewrites = work.asked.task === 'rewrite' || work.asked.task === 'translate'
  const goes = answer?.text && work.asked.task !== 'summary' ? answer.text : ''
  const how = rewrites && hasText ? 'replace' : 'insert'
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (goes) first.current?.focus()
  }, [goes])
  function keys(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !goes) return
    event.preventDefault()
    event.stopPropagation()
    use(goes, how)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key besides the buttons in it
    <div className={styles.preview} onKeyDown={keys}>
      <div className={styles.arriving} aria-live="polite" aria-busy={busy}>
        <Came work={work} use={use} />
        {work.takenBack && busy && <p className={styles.note}>{t('copilot.took_back')}</p>}
      </div>
      <div className={styles.foot}>
        {busy ? (
          <Button size="small" icon={<Square size={11} aria-hidden="true" />} onClick={halt}>
            {t('copilot.stop')}
          </Button>
        ) : (
          <>
            {goes && <Use first={first} how={how} use={(way) => use(goes, way)} />}
            <Button size="small" icon={<RotateCcw size={12} aria-hidden="true" />} onClick={again}>
              {t('copilot.again')}
            </Button>
            <Button size="small" type="text" onClick={discard}>
              {t('copilot.discard')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

type Way = 'insert' | 'replace'

function Came({ work, use }: Pick<Props, 'work' | 'use'>) {
  const { t } = useTranslation()
  const { answer, busy, error, text } = work
  if (error) return <Failed error={error} />
  if (answer) return <Answered answer={answer} insert={(said) => use(said, 'insert')} />
  return (
    <p className={styles.text}>
      {text || (busy ? t('copilot.working') : '')}
      {busy && <span className={styles.caret} aria-hidden="true" />}
    </p>
  )
}

function Use({
  first,
  how,
  use,
}: {
  first: RefObject<HTMLButtonElement | null>
  how: Way
  use: (how: Way) => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <Button
        ref={first}
        size="small"
        type="primary"
        icon={<CornerDownLeft size={13} aria-hidden="true" />}
        onClick={() => use(how)}
      >
        {t(`copilot.${how}`)}
      </Button>
      {how === 'replace' && (
        <Button size="small" onClick={() => use('insert')}>
          {t('copilot.insert')}
        </Button>
      )}
    </>
  )
}

function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const reason = useReason()
  const needs = error instanceof ApiError && error.code === 'needs_model'
  const why = needs ? reason(String(error.problem.reason)) : ''
  return (
    <ConfirmBar
      title={needs ? t('copilot.needsModel', { reason: why }) : errorText(t, error)}
      hint={needs ? t('copilot.needsModelHint') : undefined}
    >
      {null}
    </ConfirmBar>
  )
}
