import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { useEffect, useMemo } from 'react'
import { queryClient } from '@/shared/api'
import { switchLanguage, useLocale } from '@/shared/i18n'
import { antdTheme, applyMode, useMode, usePreferences } from '@/shared/theme'
import { router } from './router'

export function App() {
  const mode = useMode()
  const wanted = usePreferences((p) => p.locale)
  const locale = useLocale()
  const theme = useMemo(() => antdTheme(mode), [mode])

  useEffect(() => applyMode(mode), [mode])
  useEffect(() => {
    dayjs.locale(wanted === 'en' ? 'en' : 'zh-cn')
    void switchLanguage(wanted)
  }, [wanted])

  return (
    <QueryClientProvider client={queryClient}>
      <ConfigProvider
        theme={theme}
        locale={locale === 'en' ? enUS : zhCN}
        button={{ autoInsertSpace: false }}
      >
        <RouterProvider router={router} />
      </ConfigProvider>
    </QueryClientProvider>
  )
}
