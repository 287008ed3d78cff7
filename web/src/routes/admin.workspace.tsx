import { createFileRoute } from '@tanstack/react-router'
import { WorkspacePage } from '@/features/admin'

export const Route = createFileRoute('/admin/workspace')({ component: WorkspacePage })
