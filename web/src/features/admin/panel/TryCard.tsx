import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { FlaskConical } from 'lucide-react'
import { Suspense, useDeferredValue, useState } from 'react'
import { PanelAnswer } from '@/features/panel'
import { type Id, searchQuery } from '@/shared/api'
import { type PanelSource, type PanelTried, tryPanelSource } from '@/shared/api/panel'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card, Code, useAction } from '@/shared/page'
import { ErrorState, Skeleton, Tag } from '@/shared/ui'
import styles from './panel.module.css'

interface Props {
  source: PanelSource
  /** As they stand in the form; null when they are saved. */
  settings: Record<string, unknown> | null
}

/** Asks for real and shows what agents would see, and what was answered. */
export function TryCard({ source, settings }: Props) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [ticket, setTicket] = useState<Id | null>(null)
  const [tried, setTried] = useState<PanelTried | null>(null)
  const [refused, setRefused] = useState<unknown>(null)
  async function go() {
    setRefused(null)
    const body = { ticket_id: ticket, settings }
    const found = await run(() => tryPanelSource(source.id, body), { failed: setRefused })
    setTried(found ?? null)
  }
  return (
    <Card title={t('panelEdit.try')} hint={t('panelEdit.tryHint')}>
      <div className={styles.stack}>
        <div className={styles.tryHead}>
          <TicketPicker value={ticket} onChange={setTicket} />
          <Button
            icon={<FlaskConical size={15} aria-hidden="true" />}
            loading={busy !== null}
            onClick={() => void go()}
          >
            {settings ? t('panelEdit.tryDraft') : t('panelEdit.tryNow')}
          </Button>
        </div>
        <div aria-live="polite" className={styles.stack}>
          {refused instanceof Error && <ErrorState error={refused} />}
          {tried && <Result tried={tried} />}
        </div>
      </div>
    </Card>
  )
}

function Result({ tried }: { tried: PanelTried }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const empty = tried.fields.length + tried.tables.length + tried.links.length === 0
  return (
    <>
      <p className={styles.outcome}>
        <Tag tone={tried.ok ? 'ok' : 'danger'}>
          {tried.ok ? t('panelEdit.answered') : t('panelEdit.failed')}
        </Tag>
        {tried.status !== null && `HTTP ${tried.status} · `}
        {t('panelEdit.took', { count: tried.took_ms })}
      </p>
      {tried.error && (
        <p>
          {t(`panel.errors.${tried.error}` as 'panel.errors.timeout', {
            defaultValue: tried.error,
          })}{' '}
          <small>{tried.detail}</small>
        </p>
      )}
      {tried.ok && empty && <p>{t('panel.unknown')}</p>}
      {!empty && (
        <div className={styles.preview}>
          <Suspense fallback={<Skeleton lines={2} />}>
            <PanelAnswer item={tried} />
          </Suspense>
          {tried.links.map((link) => (
            <p key={link.key}>
              {localized(link.label, locale, link.key)} <small>{link.host}</small>
            </p>
          ))}
        </div>
      )}
      {tried.problems.length > 0 && (
        <ul className={styles.problems} aria-label={t('panelEdit.problems')}>
          {tried.problems.map((problem) => (
            <li key={`${problem.part}${problem.code}`}>
              <code>{problem.part}</code>{' '}
              {t(`panelEdit.codes.${problem.code}` as 'panelEdit.codes.missing', {
                defaultValue: problem.code,
              })}{' '}
              <small>{problem.detail}</small>
            </li>
          ))}
        </ul>
      )}
      {tried.answer && (
        <details>
          <summary>{t('panelEdit.raw')}</summary>
          <Code label={t('panelEdit.raw')}>{pretty(tried.answer)}</Code>
        </details>
      )}
    </>
  )
}

/** JSON with line breaks; whatever is none stays as it came. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** Whose ticket to try with; none: somebody invented. */
function TicketPicker({
  value,
  onChange,
}: {
  value: Id | null
  onChange: (ticket: Id | null) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const { data } = useQuery(searchQuery(useDeferredValue(typed.trim())))
  const hits = (data?.items ?? []).filter((hit) => hit.kind === 'ticket')
  return (
    <Select
      allowClear
      aria-label={t('panelEdit.with')}
      placeholder={t('panelEdit.invented')}
      value={value ?? undefined}
      onChange={(id?: string) => onChange(id ?? null)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      notFoundContent={t('panelEdit.typeTicket')}
      options={hits.map((hit) => ({ value: hit.id, label: `#${hit.number} ${hit.title}` }))}
    />
  )
}
