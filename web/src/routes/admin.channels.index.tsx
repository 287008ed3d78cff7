import { createFileRoute } from '@tanstack/react-router'
import { ChannelsPage } from '@/features/admin'

export const Route = createFileRoute('/admin/channels/')({ component: ChannelsPage })
