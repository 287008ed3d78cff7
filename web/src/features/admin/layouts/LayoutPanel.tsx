import { Button, Form } from 'antd'
import { useRef } from 'react'
import {
  createLayout,
  type Layout,
  type LayoutPlace,
  type NewLayout,
  removeLayout,
  saveLayout,
} from '@/shared/api/layouts'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, RemoveButton, RequiredText } from '@/shared/page'
import { Arrange } from './Arrange'
import { today } from './arrange'
import { layoutKeys } from './keys'
import { LayoutVersions } from './LayoutVersions'
import styles from './layouts.module.css'
import { useNames } from './useNames'
import { usePublished } from './useUndoable'
import { Reach, Whom } from './Whom'

interface Props {
  place: LayoutPlace
  layout: Layout | null
  close: () => void
}

/** One layout: saved as a draft, or published at once. */
export function LayoutPanel({ place, layout, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewLayout>()
  const { fields } = useNames()
  const published = usePublished()
  const publish = useRef(false)
  const begin =
    layout?.groups ??
    today(
      place,
      fields.map(({ key }) => key),
    )
  const said = Form.useWatch([], form) as Partial<NewLayout> | undefined

  async function save({ name, role_ids, types, channels, groups }: NewLayout) {
    const now = publish.current
    publish.current = false
    const body = { name: name.trim(), role_ids, types, channels, groups, publish: now }
    const saved = layout
      ? await saveLayout(layout.id, { ...body, version: layout.version })
      : await createLayout({ ...body, place })
    if (now) published(saved, layout?.published ?? null)
  }
  return (
    <FormPanel<NewLayout>
      title={layout?.name ?? t('layouts.add')}
      form={form}
      width={880}
      initial={layout ?? { name: '', role_ids: [], types: [], channels: [], groups: begin }}
      submit={save}
      submitText={t('layouts.save')}
      done={null}
      keys={layoutKeys}
      close={close}
      danger={
        <>
          {layout && (
            <RemoveButton
              title={t('layouts.removeTitle', { name: layout.name })}
              remove={() => removeLayout(layout.id)}
              keys={layoutKeys}
              then={close}
            />
          )}
          <Button
            onClick={() => {
              publish.current = true
              form.submit()
            }}
          >
            {t('layouts.publish')}
          </Button>
        </>
      }
    >
      <div className={styles.editor}>
        <div>
          <RequiredText name="name" label={t('layouts.name')} autoFocus={!layout} maxLength={120} />
          <Whom />
          <Form.Item
            name="groups"
            label={t('layouts.arrangement')}
            extra={t('layouts.arrangementHint')}
          >
            <Arrange place={place} />
          </Form.Item>
        </div>
        <div>
          <Reach
            id={layout?.id ?? null}
            place={place}
            role_ids={said?.role_ids ?? layout?.role_ids}
            types={said?.types ?? layout?.types}
            channels={said?.channels ?? layout?.channels}
          />
          {layout && <LayoutVersions layout={layout} close={close} />}
        </div>
      </div>
    </FormPanel>
  )
}
