import type { Command } from './command'
import { checkCommand } from './commands/check-command'
import { connectCommand } from './commands/connect-command'
import { correctCommand } from './commands/correct-command'
import { decideCommand } from './commands/decide-command'
import { dueCommand } from './commands/due-command'
import { importCommand } from './commands/import-command'
import { initCommand } from './commands/init-command'
import { listCommand } from './commands/list-command'
import { packageCommand } from './commands/package-command'
import { practiceCommand } from './commands/practice-command'
import { pullCommand } from './commands/pull-command'
import { receiptsCommand } from './commands/receipts-command'
import { setCommand } from './commands/set-command'
import { resumeCommand, submitCommand } from './commands/submit-command'
import { templateCommand } from './commands/template-command'
import { typesCommand } from './commands/types-command'
import { validateCommand } from './commands/validate-command'
import { webCommand } from './commands/web-command'

/** Every command of the public interface, in the order of the help text. */
export const commands: readonly Command[] = [
  initCommand,
  connectCommand,
  importCommand,
  validateCommand,
  checkCommand,
  templateCommand,
  typesCommand,
  listCommand,
  setCommand,
  submitCommand,
  resumeCommand,
  packageCommand,
  receiptsCommand,
  decideCommand,
  pullCommand,
  correctCommand,
  dueCommand,
  practiceCommand,
  webCommand,
]
