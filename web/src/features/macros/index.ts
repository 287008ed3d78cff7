export { MacrosPage } from './MacrosPage'
