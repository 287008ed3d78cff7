import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown, Form } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { catalogueQuery, type Step } from '@/shared/api/macros'
import { useLocale, useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './macros.module.css'
import { ParamField } from './ParamField'
import { paramsOf } from './params'

type Path = (string | number)[]

interface Props {
  /** Where the list is in the form, seen from the list around it, if there is one. */
  name?: Path
  /** The same, seen from the form. */
  path?: Path
  legend?: string
}

/** Actions to run, each with the form that it brings itself: of macros, of escalations. */
export function ActionsField({ name = ['actions'], path = name, legend }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data } = useQuery(catalogueQuery)
  // Also what no field of the form shows yet: the action decides which fields there are.
  const form = Form.useFormInstance()
  const steps: Step[] = Form.useWatch(path, { form, preserve: true }) ?? []
  const known = new Map(data?.actions.map((one) => [one.id, one]))
  const nameOf = (id: string) => known.get(id)?.name[locale.slice(0, 2)] ?? id
  return (
    <fieldset className={styles.group}>
      <legend>{legend ?? t('macroEdit.actions')}</legend>
      <Form.List name={name}>
        {(entries, { add, remove }) => (
          <>
            {entries.map((entry) => {
              const action = known.get(steps[entry.name]?.action ?? '')
              if (!action) return null
              return (
                <div key={entry.key} className={styles.action}>
                  <header>
                    <strong>{nameOf(action.id)}</strong>
                    <IconButton
                      icon={Trash2}
                      size="small"
                      label={t('macroEdit.removeAction', { name: nameOf(action.id) })}
                      onClick={() => remove(entry.name)}
                    />
                  </header>
                  <Form.Item name={[entry.name, 'action']} hidden>
                    <input />
                  </Form.Item>
                  {paramsOf(action, locale).map((param) => (
                    <ParamField
                      key={param.name}
                      param={param}
                      path={[entry.name, 'params', param.name]}
                    />
                  ))}
                </div>
              )
            })}
            <Dropdown
              trigger={['click']}
              menu={{
                // Longer than the screen beside it where the button stands low.
                style: { maxHeight: 280, overflow: 'auto' },
                items: (data?.actions ?? []).map(({ id }) => ({
                  key: id,
                  label: nameOf(id),
                  onClick: () => add({ action: id, params: {} }),
                })),
              }}
            >
              <Button type="dashed" icon={<Plus size={14} />}>
                {t('macroEdit.addAction')}
              </Button>
            </Dropdown>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}
