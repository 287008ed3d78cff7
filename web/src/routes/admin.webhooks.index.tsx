import { createFileRoute } from '@tanstack/react-router'
import { WebhooksPage } from '@/features/admin'

export const Route = createFileRoute('/admin/webhooks/')({ component: WebhooksPage })
