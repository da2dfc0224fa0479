import type { Kind } from '@test/faults/kind'
import { clock } from './clock'
import { cutReplies } from './cut-replies'
import { disk } from './disk'
import { instances } from './instances'
import { interleaving } from './interleaving'
import { kill } from './kill'
import { killAndNetwork } from './kill-and-network'
import { lock } from './lock'
import { migration } from './migration'
import { network } from './network'
import { olderCopy } from './older-copy'
import { partition } from './partition'
import { power } from './power'
import { quota } from './quota'
import { recovery } from './recovery'
import { steps } from './steps'
import { syscalls } from './syscalls'
import { torn } from './torn'

/** Every kind of fault, in the order in which they are run. */
export const kinds: readonly Kind[] = [
  kill,
  steps,
  recovery,
  power,
  torn,
  network,
  cutReplies,
  killAndNetwork,
  partition,
  clock,
  instances,
  lock,
  disk,
  quota,
  syscalls,
  migration,
  olderCopy,
  interleaving,
]
