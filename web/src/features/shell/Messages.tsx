import { App } from 'antd'
import type { ReactNode } from 'react'

/** The kit's toasts and confirmations, for everything within the shell. */
export default function Messages({ children }: { children: ReactNode }) {
  return (
    <App component={false} message={{ maxCount: 3, duration: 4 }}>
      {children}
    </App>
  )
}
