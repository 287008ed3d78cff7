import { Database, Link as LinkIcon, type LucideIcon, Webhook } from 'lucide-react'

// What manifests may ask for; others get the common one.
const icons: Record<string, LucideIcon> = { webhook: Webhook, link: LinkIcon }

export function KindIcon({ icon }: { icon: string }) {
  const Icon = icons[icon] ?? Database
  return <Icon size={18} aria-hidden="true" />
}
