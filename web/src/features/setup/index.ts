export { SetupPage } from './SetupPage'
export { readStep, type Where } from './steps'
