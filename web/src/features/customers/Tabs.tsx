import { Link } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n'
import styles from './customers.module.css'

export function Tabs() {
  const { t } = useTranslation()
  return (
    <nav className={styles.tabs} aria-label={t('people.title')}>
      <Link to="/customers" activeOptions={{ exact: true, includeSearch: false }}>
        {t('people.people')}
      </Link>
      <Link to="/customers/companies" activeOptions={{ exact: true, includeSearch: false }}>
        {t('people.companies')}
      </Link>
    </nav>
  )
}
