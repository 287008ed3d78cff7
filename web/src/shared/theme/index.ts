export { antdTheme } from './antd'
export { type Mode, palettes } from './palette'
export { type Locale, type ThemeChoice, usePreferences } from './preferences'
export { applyMode, resolveMode, useMode } from './useMode'
