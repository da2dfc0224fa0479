import { softwareKeys } from '@engine/crypto/software-keys'
import { describeSigningKeys } from './signing-key-contract'

describeSigningKeys('keys in software', softwareKeys)
