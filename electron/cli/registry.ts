import type { Command } from './command'
import { attachCommand } from './commands/attach-command'
import { attachmentsCommand } from './commands/attachments-command'
import { backupCommand } from './commands/backup-command'
import { checkCommand } from './commands/check-command'
import { connectCommand } from './commands/connect-command'
import { correctCommand } from './commands/correct-command'
import { dailyCommand } from './commands/daily-command'
import { decideCommand } from './commands/decide-command'
import { diagnosticsCommand } from './commands/diagnostics-command'
import { dueCommand } from './commands/due-command'
import { exportCommand } from './commands/export-command'
import { importCommand } from './commands/import-command'
import { initCommand } from './commands/init-command'
import { listCommand } from './commands/list-command'
import {
  cancelCommand,
  repairMarkCommand,
  takedownCommand,
  withdrawCommand,
} from './commands/operation-commands'
import { outageCommand } from './commands/outage-command'
import { packageCommand } from './commands/package-command'
import { practiceCommand } from './commands/practice-command'
import { pullCommand } from './commands/pull-command'
import { schemaCommand } from './commands/schema-command'
import { settingsCommand } from './commands/settings-command'
import { standardCommand } from './commands/standard-command'
import { reconcileCommand } from './commands/reconcile-command'
import { releaseCommand } from './commands/release-command'
import { reportCommand } from './commands/report-command'
import { receiptsCommand } from './commands/receipts-command'
import { setCommand } from './commands/set-command'
import { restoreCommand } from './commands/restore-command'
import { resumeCommand, submitCommand } from './commands/submit-command'
import { templateCommand } from './commands/template-command'
import { typesCommand } from './commands/types-command'
import { updateCommand } from './commands/update-command'
import { validateCommand } from './commands/validate-command'
import { verifyCommand } from './commands/verify-command'
import { webCommand } from './commands/web-command'

/** Every command of the public interface, in the order of the help text. */
export const commands: readonly Command[] = [
  initCommand,
  connectCommand,
  importCommand,
  validateCommand,
  checkCommand,
  templateCommand,
  schemaCommand,
  typesCommand,
  listCommand,
  setCommand,
  submitCommand,
  resumeCommand,
  packageCommand,
  receiptsCommand,
  decideCommand,
  releaseCommand,
  pullCommand,
  standardCommand,
  settingsCommand,
  correctCommand,
  withdrawCommand,
  takedownCommand,
  repairMarkCommand,
  cancelCommand,
  attachCommand,
  attachmentsCommand,
  dueCommand,
  exportCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  diagnosticsCommand,
  updateCommand,
  reconcileCommand,
  dailyCommand,
  outageCommand,
  reportCommand,
  practiceCommand,
  webCommand,
]
