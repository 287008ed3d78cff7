import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import {
  agentsQuery,
  type Condition,
  changeView,
  createView,
  deleteView,
  fieldsQuery,
  previewQuery,
  teamsQuery,
  type View,
  type ViewIn,
  viewsQuery,
} from '@/shared/api'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel } from '@/shared/page'
import { useCan } from '@/shared/session'
import { errorText } from '@/shared/ui'
import { ConditionBuilder } from './ConditionBuilder'
import styles from './views.module.css'

/** What a new view begins with. */
export type ViewStart = Partial<Pick<ViewIn, 'name' | 'columns' | 'group_by'>> & {
  condition: Condition
  sort?: string
}

interface Fields {
  name: string
  condition: Condition
  sharing: string[]
  columns: NonNullable<ViewIn['columns']>
  sort: string
  group_by: NonNullable<ViewIn['group_by']> | ''
}

interface Props {
  view: View | null
  start?: ViewStart
  saved?: (view: View) => void
  removed?: () => void
  close: () => void
}

export function ViewPanel({ view, start, saved, removed, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const mayShare = useCan('view:share')
  const condition = Form.useWatch('condition', form)

  async function submit({ sharing, group_by, condition: asked, ...rest }: Fields) {
    const ids = (prefix: string) =>
      sharing.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length))
    const body = {
      ...rest,
      condition: asked as Record<string, unknown>,
      group_by: group_by || null,
      ...(mayShare
        ? { sharing: { all: sharing.includes('all'), teams: ids('team:'), agents: ids('agent:') } }
        : {}),
    }
    const kept = view ? await changeView(view.id, body) : await createView(body)
    saved?.(kept)
  }
  return (
    <FormPanel<Fields>
      title={view ? t('viewEdit.edit') : t('viewEdit.add')}
      form={form}
      width={680}
      initial={initialOf(view, start)}
      submit={submit}
      keys={[viewsQuery.queryKey, ['tickets']]}
      close={close}
      removal={
        view && {
          title: t('viewEdit.removeTitle'),
          hint: t('viewEdit.removeHint'),
          run: () => deleteView(view.id),
          after: removed,
        }
      }
    >
      <Form.Item
        name="name"
        label={t('kit.name')}
        rules={[{ required: true, whitespace: true, message: t('viewEdit.needName') }]}
      >
        <Input autoFocus maxLength={80} />
      </Form.Item>
      <Form.Item name="condition" label={t('viewEdit.condition')}>
        <ConditionBuilder />
      </Form.Item>
      {condition && <Preview condition={condition} />}
      <Looks />
      {mayShare && <SharingField />}
    </FormPanel>
  )
}

function initialOf(view: View | null, start: ViewStart | undefined): Partial<Fields> {
  if (!view) {
    return {
      name: start?.name ?? '',
      condition: start?.condition ?? { all: [] },
      sharing: [],
      columns: start?.columns ?? [],
      sort: start?.sort ?? 'updated',
      group_by: start?.group_by ?? '',
    }
  }
  const { sharing } = view
  return {
    name: view.name.zh ?? '',
    condition: (view.condition ?? { all: [] }) as Condition,
    sharing: [
      ...(sharing?.all ? ['all'] : []),
      ...(sharing?.teams ?? []).map((id) => `team:${id}`),
      ...(sharing?.agents ?? []).map((id) => `agent:${id}`),
    ],
    columns: view.columns as Fields['columns'],
    sort: view.sort,
    group_by: (view.group_by ?? '') as Fields['group_by'],
  }
}

/** What the condition finds right now. */
function Preview({ condition }: { condition: Condition }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(condition)
  const written = JSON.stringify(condition)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(JSON.parse(written)), 300)
    return () => clearTimeout(timer)
  }, [written])
  const { data, error } = useQuery(previewQuery(asked))
  if (error) return <p className={styles.preview}>{errorText(t, error)}</p>
  if (!data) return null
  return (
    <div className={styles.preview} aria-live="polite">
      {t(data.count_capped ? 'viewEdit.findsMany' : 'viewEdit.finds', { count: data.count })}
      <ul>
        {data.items.map((row) => (
          <li key={row.id} className="truncate">
            #{row.number} {row.subject}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Looks() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data } = useQuery(fieldsQuery)
  const column = (id: string) => t(`columns.${id}` as 'columns.subject')
  return (
    <>
      <Form.Item name="columns" label={t('viewEdit.columnsLabel')}>
        <Select
          mode="multiple"
          placeholder={t('viewEdit.columnsUsual')}
          options={(data?.columns ?? []).map((id) => ({ value: id, label: column(id) }))}
        />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="sort" label={t('list.sort')}>
          <Select
            options={(data?.sorts ?? []).flatMap(({ id, title }) => {
              const name = localized(title, locale, id)
              return [
                { value: id, label: name },
                { value: `-${id}`, label: t('viewEdit.turned', { name }) },
              ]
            })}
          />
        </Form.Item>
        <Form.Item name="group_by" label={t('viewEdit.groupBy')}>
          <Select
            options={[
              { value: '', label: t('viewEdit.noGroup') },
              ...(data?.groups ?? []).map((id) => ({ value: id, label: column(id) })),
            ]}
          />
        </Form.Item>
      </div>
    </>
  )
}

function SharingField() {
  const { t } = useTranslation()
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: agents = [] } = useQuery(agentsQuery)
  return (
    <Form.Item name="sharing" label={t('viewEdit.sharing')} extra={t('viewEdit.sharingHint')}>
      <Select
        mode="multiple"
        placeholder={t('viewEdit.onlyMe')}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          { value: 'all', label: t('viewEdit.everybody') },
          {
            label: t('views.teams'),
            options: teams.map(({ id, name }) => ({ value: `team:${id}`, label: name })),
          },
          {
            label: t('viewEdit.people'),
            options: agents.map(({ id, name }) => ({ value: `agent:${id}`, label: name })),
          },
        ]}
      />
    </Form.Item>
  )
}
