import { beWoken } from './push'
import { keepShell } from './shell'

keepShell()
beWoken()
