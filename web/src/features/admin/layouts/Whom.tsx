import { useQuery } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import type { Id } from '@/shared/api'
import { channelKindsQuery, rolesQuery } from '@/shared/api/admin'
import { type LayoutPlace, layoutReachQuery } from '@/shared/api/layouts'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Two } from '@/shared/page'
import { Avatar, Tag } from '@/shared/ui'
import styles from './layouts.module.css'

const types = ['question', 'incident', 'problem', 'task'] as const

/** For whom and for which tickets; what is left empty means any. */
export function Whom() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: roles = [] } = useQuery(rolesQuery)
  const { data: channels = [] } = useQuery(channelKindsQuery)
  const any = { placeholder: t('layouts.any'), style: { width: '100%' } }
  return (
    <>
      <Form.Item name="role_ids" label={t('layouts.roles')}>
        <Select
          mode="multiple"
          {...any}
          options={roles.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Two>
        <Form.Item name="types" label={t('layouts.ticketTypes')}>
          <Select
            mode="tags"
            {...any}
            options={types.map((value) => ({ value, label: t(`layouts.types.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="channels" label={t('layouts.channels')}>
          <Select
            mode="multiple"
            {...any}
            options={channels.map(({ id, name }) => ({
              value: id,
              label: localized(name, locale, id),
            }))}
          />
        </Form.Item>
      </Two>
    </>
  )
}

interface Asked {
  id: Id | null
  place: LayoutPlace
  role_ids?: Id[]
  types?: string[]
  channels?: string[]
}
const few = 12

/** Who would see the layout as it stands here, and which others would win over it. */
export function Reach({ id, place, role_ids = [], types: kinds = [], channels = [] }: Asked) {
  const { t } = useTranslation()
  const { data } = useQuery(layoutReachQuery({ id, place, role_ids, types: kinds, channels }))
  if (!data) return null
  return (
    <section className={styles.reach} aria-label={t('layouts.reach')}>
      <h3>{t('layouts.reach')}</h3>
      <p role="status">
        {data.total > 0 ? t('layouts.reachTotal', { count: data.total }) : t('layouts.reachNone')}
      </p>
      <ul>
        {data.people.slice(0, few).map((person) => (
          <li key={person.id}>
            <Avatar name={person.name} size={20} />
            {person.name}
            {person.when === 'sometimes' && <Tag>{t('layouts.sometimes')}</Tag>}
          </li>
        ))}
        {data.total > few && <li>{t('layouts.more', { count: data.total - few })}</li>}
      </ul>
      {data.beaten_by.map((other) => (
        <p key={other.id} className={styles.hint}>
          {t('layouts.beatenBy', { name: other.name, count: other.people })}
        </p>
      ))}
    </section>
  )
}
