import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { Cloud, House } from 'lucide-react'
import { useState } from 'react'
import { Held } from '@/features/lab'
import {
  type CopilotSetup,
  copilotSetupQuery,
  type ModelPlace,
  type ModelServer,
  type ModelTried,
  tryServer,
} from '@/shared/api/copilot'
import type { HeldChange } from '@/shared/api/lab'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, Mono, QueryView } from '@/shared/page'
import { ConfirmBar, Empty } from '@/shared/ui'
import styles from './models.module.css'
import { ServerForm } from './ServerForm'

const places: ModelPlace[] = ['local', 'cloud']

/** At most one server in the company's own rooms, one elsewhere; and what they cost this month. */
export function ServersTab() {
  const query = useQuery(copilotSetupQuery)
  const [open, setOpen] = useState<ModelPlace | null>(null)
  return (
    <QueryView query={query}>
      {(setup) => (
        <>
          {places.map((place) => (
            <ServerCard
              key={place}
              place={place}
              server={setup.servers.find((one) => one.place === place)}
              held={setup.held[place]}
              edit={() => setOpen(place)}
            />
          ))}
          <Used setup={setup} />
          {open && (
            <ServerForm
              place={open}
              server={setup.servers.find((one) => one.place === open)}
              currency={setup.policy.currency ?? 'CNY'}
              close={() => setOpen(null)}
            />
          )}
        </>
      )}
    </QueryView>
  )
}

interface CardProps {
  place: ModelPlace
  server: ModelServer | undefined
  held: HeldChange | undefined
  edit: () => void
}

function ServerCard({ place, server, held, edit }: CardProps) {
  const { t } = useTranslation()
  const action = server ? t('models.edit') : t('models.setUp')
  return (
    <Card
      title={t(`models.places.${place}`)}
      hint={t(`models.placeHints.${place}`)}
      actions={
        <Button aria-label={`${action}: ${t(`models.places.${place}`)}`} onClick={edit}>
          {action}
        </Button>
      }
    >
      {held && <Held held={held} keys={[copilotSetupQuery.queryKey]} />}
      {server ? (
        <Existing key={String(server.updated_at)} server={server} />
      ) : (
        <Empty
          icon={place === 'local' ? House : Cloud}
          title={t('models.none')}
          hint={t('models.noneHint')}
        />
      )}
    </Card>
  )
}

function Existing({ server }: { server: ModelServer }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState<ModelTried | null>(null)
  const [failed, setFailed] = useState(false)
  async function test() {
    setBusy(true)
    setFailed(false)
    try {
      setTried(await tryServer(server.place))
    } catch {
      setFailed(true)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles.stack}>
      <div className={styles.server}>
        <div>
          <strong>{server.model}</strong>{' '}
          {server.active ? <Tag color="green">{t('models.on')}</Tag> : <Tag>{t('models.off')}</Tag>}
          {!server.hides && <Tag color="orange">{t('models.plain')}</Tag>}
          <p>
            <Mono>{server.url}</Mono>
          </p>
        </div>
        <Button loading={busy} onClick={() => void test()}>
          {t('models.test')}
        </Button>
      </div>
      <div aria-live="polite">
        {tried?.ok && (
          <p className={styles.good}>
            {t('models.works', { ms: tried.took_ms, answer: tried.answer })}
          </p>
        )}
        {(failed || (tried && !tried.ok)) && <Trouble tried={tried} />}
      </div>
    </div>
  )
}

function Trouble({ tried }: { tried: ModelTried | null }) {
  const { t } = useTranslation()
  const reason = tried?.reason
    ? t(`copilot.reasons.${tried.reason}` as 'copilot.reasons.key', { defaultValue: tried.reason })
    : t('errors.server')
  return (
    <ConfirmBar tone="danger" title={reason} hint={tried?.detail}>
      {null}
    </ConfirmBar>
  )
}

function Used({ setup: { used, policy } }: { setup: CopilotSetup }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const tokens = used.reduce((sum, one) => sum + one.tokens, 0)
  const cost = used.reduce((sum, one) => sum + one.cost, 0)
  const number = (value: number) => value.toLocaleString(locale)
  const money = (value: number) =>
    value.toLocaleString(locale, { style: 'currency', currency: policy.currency ?? 'CNY' })
  return (
    <Card title={t('models.used')} hint={t('models.usedHint')}>
      <div className={styles.meters}>
        <Meter
          label={t('models.tokens')}
          value={tokens}
          most={policy.month_tokens ?? null}
          shown={number}
        />
        <Meter
          label={t('models.cost')}
          value={cost}
          most={policy.month_cost ?? null}
          shown={money}
        />
      </div>
    </Card>
  )
}

interface MeterProps {
  label: string
  value: number
  most: number | null
  shown: (value: number) => string
}

function Meter({ label, value, most, shown }: MeterProps) {
  const { t } = useTranslation()
  return (
    <div className={styles.meter}>
      <span>{label}</span>
      <strong>{shown(value)}</strong>
      {most === null ? (
        <small>{t('models.unlimited')}</small>
      ) : (
        <>
          <meter
            aria-label={label}
            min={0}
            max={Math.max(most, 1e-9)}
            value={value}
            high={most * 0.8}
          />
          <small>{t('models.of', { most: shown(most) })}</small>
        </>
      )}
    </div>
  )
}
