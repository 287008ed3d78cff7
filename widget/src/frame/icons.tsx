import { h } from 'preact'

const Icon = ({ d }: { d: string[] }) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    {d.map((path) => (
      <path key={path} d={path} />
    ))}
  </svg>
)

export const Close = () => <Icon d={['M6 6l12 12', 'M18 6L6 18']} />
export const Clip = () => (
  <Icon
    d={[
      'M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.5a1.7 1.7 0 0 1-2.4-2.4l7.9-7.9',
    ]}
  />
)
export const Send = () => <Icon d={['M12 19V5', 'M6 11l6-6 6 6']} />
export const Paper = () => <Icon d={['M6 3h8l4 4v14H6z', 'M14 3v4h4']} />
export const Clock = () => <Icon d={['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18', 'M12 8v4l3 2']} />
export const Check = () => <Icon d={['M5 13l4 4 10-10']} />
export const Checks = () => <Icon d={['M2 13l4 4L16 7', 'M12 17L22 7']} />
export const Alert = () => (
  <Icon d={['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18', 'M12 8v5', 'M12 16v.1']} />
)
