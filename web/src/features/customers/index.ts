export { CompaniesPage, CompanyPage } from './CompaniesPage'
export { CustomerPage } from './CustomerPage'
export { CustomersPage } from './CustomersPage'
