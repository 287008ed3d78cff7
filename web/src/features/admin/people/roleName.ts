import type { Role } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'

/** What a role is called: a built-in one in the reader's language until somebody names it otherwise. */
export function useRoleName() {
  const { t } = useTranslation()
  return ({ key, renamed, name }: Pick<Role, 'key' | 'renamed' | 'name'>) =>
    key && !renamed ? t(`admin.roles.names.${key}`) : name
}
