import { Button, Dropdown } from 'antd'
import { ChevronDown, Languages, ListTodo, PenLine, ScrollText, Sparkles, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { DraftMode, Id } from '@/shared/api'
import type { CopilotIn } from '@/shared/api/copilot'
import { useLocale, useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './copilot.module.css'
import { Preview } from './Preview'
import { useWork } from './useWork'

interface Props {
  ticket: Id
  mode: DraftMode
  /** What the editor holds. */
  read: () => string
  /** Puts text behind what is written, or in its place. */
  write: (text: string, how: 'insert' | 'replace') => void
  close: () => void
}

const languages = ['zh', 'en', 'zh-Hant', 'ja', 'ko', 'fr', 'de', 'es', 'pt', 'ru'] as const
const tones = ['friendly', 'formal'] as const

/** Above the editor: what can be asked for, and what came of it. Nothing is sent from here. */
export default function CopilotPanel({ ticket, mode, read, write, close }: Props) {
  const { t } = useTranslation()
  const { work, start, halt, letGo, clear } = useWork(ticket)
  const box = useRef<HTMLElement>(null)
  const begin = (asked: Pick<CopilotIn, 'task'> & Partial<CopilotIn>) =>
    void start({ text: read(), tone: 'polite', locale: '', ...asked })

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it opens
  useEffect(() => {
    // With nothing written there is one thing that somebody wants.
    if (read().trim() === '' && mode === 'public') begin({ task: 'draft' })
    box.current?.querySelector('button')?.focus()
  }, [])

  function use(text: string, how: 'insert' | 'replace') {
    letGo('inserted')
    write(text, how)
    close()
  }
  function keys(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    if (work?.busy) halt()
    else close()
  }
  return (
    <section ref={box} className={styles.panel} aria-label={t('copilot.title')} onKeyDown={keys}>
      <div className={styles.tasks}>
        <Sparkles size={15} aria-hidden="true" className={styles.sign} />
        <Task
          icon={PenLine}
          label={t('copilot.tasks.draft')}
          run={() => begin({ task: 'draft' })}
        />
        <Tones begin={begin} empty={() => read().trim() === ''} />
        <Translate begin={begin} />
        <Task
          icon={ScrollText}
          label={t('copilot.tasks.summary')}
          run={() => begin({ task: 'summary' })}
        />
        <Task icon={ListTodo} label={t('copilot.tasks.next')} run={() => begin({ task: 'next' })} />
        <IconButton
          className={styles.close}
          size="small"
          icon={X}
          label={t('copilot.close')}
          keys="Escape"
          onClick={close}
        />
      </div>
      {work && (
        <Preview
          work={work}
          hasText={read().trim() !== ''}
          use={use}
          halt={halt}
          again={() => void start(work.asked)}
          discard={() => {
            letGo('discarded')
            clear()
          }}
        />
      )}
    </section>
  )
}

function Task({
  icon: Icon,
  label,
  run,
}: {
  icon: typeof PenLine
  label: string
  run: () => void
}) {
  return (
    <Button size="small" icon={<Icon size={13} aria-hidden="true" />} onClick={run}>
      {label}
    </Button>
  )
}

type Begin = (asked: Pick<CopilotIn, 'task'> & Partial<CopilotIn>) => void

function Tones({ begin, empty }: { begin: Begin; empty: () => boolean }) {
  const { t } = useTranslation()
  const rewrite = (tone: CopilotIn['tone']) => begin({ task: 'rewrite', tone })
  const off = empty()
  return (
    <>
      {(['polite', 'short'] as const).map((tone) => (
        <Button
          key={tone}
          size="small"
          disabled={off}
          title={off ? t('copilot.nothing') : undefined}
          onClick={() => rewrite(tone)}
        >
          {t(`copilot.tasks.${tone}`)}
        </Button>
      ))}
      <Dropdown
        trigger={['click']}
        disabled={off}
        menu={{
          items: tones.map((tone) => ({
            key: tone,
            label: t(`copilot.tasks.${tone}`),
            onClick: () => rewrite(tone),
          })),
        }}
      >
        <Button
          size="small"
          disabled={off}
          aria-label={t('copilot.more')}
          icon={<ChevronDown size={13} />}
        />
      </Dropdown>
    </>
  )
}

function Translate({ begin }: { begin: Begin }) {
  const { t } = useTranslation()
  const names = new Intl.DisplayNames([useLocale()], { type: 'language' })
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: languages.map((locale) => ({
          key: locale,
          label: names.of(locale),
          onClick: () => begin({ task: 'translate', locale }),
        })),
      }}
    >
      <Button size="small" icon={<Languages size={13} aria-hidden="true" />}>
        {t('copilot.tasks.translate')}
      </Button>
    </Dropdown>
  )
}
