export { ReportsPage } from './ReportsPage'
export { type ReportsSearch, readSearch } from './search'
