import { createFileRoute } from '@tanstack/react-router'
import { AgentsPage } from '@/features/admin'

export const Route = createFileRoute('/admin/agents')({ component: AgentsPage })
