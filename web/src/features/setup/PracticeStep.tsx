import { PracticeList } from '@/features/tour'
import { Next, StepFrame } from './parts'

/** A customer who is a script, so that the first answer can be tried without a real one. */
export function PracticeStep({ next }: { next: () => void }) {
  return (
    <StepFrame id="practice" foot={<Next onClick={next} />}>
      <PracticeList />
    </StepFrame>
  )
}
