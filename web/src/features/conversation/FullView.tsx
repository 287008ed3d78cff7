import { Image } from 'antd'
import type { Attachment } from '@/shared/api'

/** The picture over the whole page, to turn, enlarge and move. */
export default function FullView({
  file,
  open,
  close,
}: {
  file: Attachment
  open: boolean
  close: () => void
}) {
  return (
    <Image
      src={file.url}
      alt={file.name}
      style={{ display: 'none' }}
      preview={{ open, onOpenChange: (on) => !on && close() }}
    />
  )
}
