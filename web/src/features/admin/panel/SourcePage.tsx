import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import type { Id } from '@/shared/api'
import {
  type PanelKind,
  type PanelSource,
  panelKindsQuery,
  panelSourcesQuery,
  removePanelSource,
  replacePanelKey,
} from '@/shared/api/panel'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, RemoveButton, SecretOnce, useAction, useAsk } from '@/shared/page'
import { ConfirmBar, Empty, IconButton, Time } from '@/shared/ui'
import { SourceForm } from './SourceForm'
import { SourceHealth } from './SourceHealth'
import { TryCard } from './TryCard'

/** A new source of one kind. Its key is shown once, and then it is tried before it is switched on. */
export function NewSourcePage({ kind: id }: { kind: string }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const navigate = useNavigate()
  const kinds = useQuery(panelKindsQuery)
  const [made, setMade] = useState<PanelSource | null>(null)
  return (
    <Guard permission="panel:manage">
      <QueryView query={kinds}>
        {(all) => {
          const kind = all.find((one) => one.id === id)
          if (!kind) return <Empty title={t('errors.notFound')} />
          const name = localized(kind.name, locale, kind.id)
          return (
            <Page
              title={t('panelEdit.new', { kind: name })}
              lead={localized(kind.description, locale, '')}
              back={(look) => <Link to="/admin/panel" {...look} />}
              backText={t('admin.sections.panel')}
              width="narrow"
            >
              <SourceForm kind={kind} source={null} suggested={name} saved={setMade} />
              {made && (
                <Key
                  source={made}
                  close={() => {
                    // The key asks before one leaves it: it must be gone first.
                    flushSync(() => setMade(null))
                    void navigate({ to: '/admin/panel/$id', params: { id: made.id } })
                  }}
                />
              )}
            </Page>
          )
        }}
      </QueryView>
    </Guard>
  )
}

export function SourcePage({ id }: { id: Id }) {
  const { t } = useTranslation()
  const sources = useQuery(panelSourcesQuery)
  const kinds = useQuery(panelKindsQuery)
  return (
    <Guard permission="panel:manage">
      <QueryView query={sources}>
        {(items) => (
          <QueryView query={kinds}>
            {(all) => {
              const source = items.find((one) => one.id === id)
              const kind = all.find((one) => one.id === source?.kind)
              return source && kind ? (
                <Existing source={source} kind={kind} />
              ) : (
                <Empty title={t('errors.notFound')} />
              )
            }}
          </QueryView>
        )}
      </QueryView>
    </Guard>
  )
}

function Existing({ source, kind }: { source: PanelSource; kind: PanelKind }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const client = useQueryClient()
  const navigate = useNavigate()
  const ask = useAsk()
  const { run } = useAction()
  const [replaced, setReplaced] = useState<PanelSource | null>(null)
  const [draft, setDraft] = useState<Record<string, unknown> | null>(null)
  async function replace() {
    const sure = await ask({
      title: t('panelEdit.replaceTitle'),
      hint: t('panelEdit.replaceHint'),
      ok: t('panelEdit.replace'),
      danger: false,
    })
    if (sure) setReplaced((await run(() => replacePanelKey(source.id))) ?? null)
  }
  return (
    <Page
      title={
        <>
          {source.name} <SourceHealth source={source} />
        </>
      }
      name={source.name}
      lead={localized(kind.name, locale, kind.id)}
      back={(look) => <Link to="/admin/panel" {...look} />}
      backText={t('admin.sections.panel')}
      width="narrow"
      actions={
        <>
          <IconButton
            icon={KeyRound}
            label={t('panelEdit.replace')}
            onClick={() => void replace()}
          />
          <RemoveButton
            title={t('panelEdit.removeTitle', { name: source.name })}
            hint={t('panelEdit.removeHint')}
            remove={() => removePanelSource(source.id)}
            keys={[panelSourcesQuery.queryKey]}
            then={() => void navigate({ to: '/admin/panel' })}
          />
        </>
      }
    >
      <Trouble source={source} />
      <SourceForm
        kind={kind}
        source={source}
        changed={setDraft}
        saved={() => void client.invalidateQueries({ queryKey: ['panel'] })}
      />
      <TryCard source={source} settings={draft} />
      {replaced && <Key source={replaced} close={() => setReplaced(null)} />}
    </Page>
  )
}

function Trouble({ source }: { source: PanelSource }) {
  const { t } = useTranslation()
  const { state, last_error, last_detail, last_failed_at, failures } = source.health
  if (!source.active || (state !== 'failing' && state !== 'resting') || !last_error) return null
  const why = t(`panel.errors.${last_error}` as 'panel.errors.timeout', {
    defaultValue: last_error,
  })
  return (
    <div style={{ marginBottom: 12 }}>
      <ConfirmBar
        tone="danger"
        title={t(`panelEdit.trouble.${state}`, { count: failures })}
        hint={
          <>
            {why} {last_detail} {last_failed_at && <Time at={last_failed_at} />}
          </>
        }
      >
        {null}
      </ConfirmBar>
    </div>
  )
}

function Key({ source, close }: { source: PanelSource; close: () => void }) {
  const { t } = useTranslation()
  return (
    <SecretOnce
      title={t('panelEdit.key')}
      warning={t('panelEdit.keyOnce')}
      secret={source.key ?? ''}
      close={close}
    >
      <p>{t('panelEdit.keyHint')}</p>
    </SecretOnce>
  )
}
