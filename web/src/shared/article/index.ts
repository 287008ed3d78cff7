export { languageName, languages } from './languages'
export { Rendered } from './Rendered'
