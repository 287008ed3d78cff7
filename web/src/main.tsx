import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import './app/global.css'
import { startWorker } from './app/worker'
import { switchLanguage } from './shared/i18n'
import { applyMode, resolveMode, usePreferences } from './shared/theme'
import { mendMissingParts } from './shared/version'

mendMissingParts()
startWorker()
const { theme, locale } = usePreferences.getState()
applyMode(resolveMode(theme, window.matchMedia('(prefers-color-scheme: dark)').matches))

const root = document.getElementById('root')
if (!root) throw new Error('no root element')
switchLanguage(locale).then(() => createRoot(root).render(<App />))
