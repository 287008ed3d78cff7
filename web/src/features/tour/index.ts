export { Practice } from './Practice'
export { PracticeList } from './PracticeList'
export { Tour } from './Tour'
