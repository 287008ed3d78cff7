import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { type PermissionInfo, unitsQuery } from '@/shared/api/admin'
import { useLocale, useTranslation } from '@/shared/i18n'
import { UnitPicker } from '../parts/UnitPicker'
import { type Cell, familyOf, type Matrix } from './grants'
import styles from './Roles.module.css'

const scopes = ['all', 'unit', 'team', 'own'] as const
const families = ['tickets', 'customers', 'tools', 'admin'] as const

interface Props {
  permissions: PermissionInfo[]
  matrix: Matrix
  change: (matrix: Matrix) => void
  readOnly: boolean
}

/** Permissions down, how far they reach across; one native radio group a line. */
export function PermissionMatrix({ permissions, matrix, change, readOnly }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.wrap}>
      <table className={styles.matrix}>
        <caption className="sr-only">{t('admin.roles.permissions')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('admin.roles.permission')}</th>
            <th scope="col" className={styles.scope}>
              {t('admin.roles.scopes.none')}
            </th>
            {scopes.map((scope) => (
              <th
                key={scope}
                scope="col"
                className={styles.scope}
                title={t(`admin.roles.scopeHints.${scope}`)}
              >
                {t(`admin.roles.scopes.${scope}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {families.map((family) => (
            <Fragment key={family}>
              <tr className={styles.family}>
                <th scope="colgroup" colSpan={scopes.length + 2}>
                  {t(`admin.roles.families.${family}`)}
                </th>
              </tr>
              {permissions
                .filter(({ permission }) => familyOf(permission) === family)
                .map((permission) => (
                  <Line
                    key={permission.permission}
                    permission={permission}
                    matrix={matrix}
                    change={change}
                    readOnly={readOnly}
                  />
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Line({
  permission,
  matrix,
  change,
  readOnly,
}: Omit<Props, 'permissions'> & { permission: PermissionInfo }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: units = [] } = useQuery(unitsQuery)
  const id = permission.permission
  const title =
    permission.title[locale] ?? permission.title[locale.slice(0, 2)] ?? permission.title.en ?? id
  const cell = matrix[id]
  const radio = (scope: Cell['scope'] | null, label: string) => (
    <label className={styles.cell}>
      <input
        type="radio"
        name={id}
        checked={(cell?.scope ?? null) === scope}
        disabled={readOnly}
        onChange={() => change({ ...matrix, [id]: scope ? { scope } : undefined })}
      />
      <span className="sr-only">
        {title}: {label}
      </span>
    </label>
  )
  return (
    <tr data-on={cell !== undefined}>
      <th scope="row">
        {title}
        <code>{id}</code>
        {cell?.scope === 'unit' && (
          <span className={styles.unit}>
            <UnitPicker
              units={units}
              clearable
              value={cell.unit_id ?? null}
              placeholder={t('admin.roles.ownUnit')}
              onChange={(unit_id) => change({ ...matrix, [id]: { scope: 'unit', unit_id } })}
            />
          </span>
        )}
      </th>
      <td>{radio(null, t('admin.roles.scopes.none'))}</td>
      {scopes.map((scope) => (
        <td key={scope}>
          {permission.scopes.includes(scope) ? (
            radio(scope, t(`admin.roles.scopes.${scope}`))
          ) : (
            <span className={styles.absent} aria-hidden="true">
              –
            </span>
          )}
        </td>
      ))}
    </tr>
  )
}
