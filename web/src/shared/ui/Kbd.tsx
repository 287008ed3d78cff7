import { keyLabel } from '../hotkeys'
import styles from './states.module.css'

export const Kbd = ({ keys }: { keys: string }) => (
  <kbd className={styles.kbd}>{keyLabel(keys)}</kbd>
)
