import type { Ticket } from '@/shared/api'
import { Answer } from './Answer'
import type { Asked } from './asked'
import { LinkTo } from './LinkTo'
import { Merge } from './Merge'
import { Split } from './Split'

const dialogs = { merge: Merge, split: Split, link: LinkTo, incidents: Answer }

export interface DialogProps {
  ticket: Ticket
  close: () => void
}

export default function Dialogs({
  ticket,
  asked,
  close,
}: DialogProps & { asked: NonNullable<Asked> }) {
  const Shown = dialogs[asked]
  return <Shown ticket={ticket} close={close} />
}
