import { actionsTexts } from './zh-CN/actions'
import { attachmentsTexts } from './zh-CN/attachments'
import { batchesTexts } from './zh-CN/batches'
import { deskTexts } from './zh-CN/desk'
import { followUpTexts } from './zh-CN/follow-up'
import { formTexts } from './zh-CN/form'
import { importTexts } from './zh-CN/import'
import { inboxTexts } from './zh-CN/inbox'
import { packagesTexts } from './zh-CN/packages'
import { publicityScreenTexts } from './zh-CN/publicity'
import { recordsTexts } from './zh-CN/records'
import { referenceTexts } from './zh-CN/reference'
import { reportsTexts } from './zh-CN/reports'
import { settingsTexts } from './zh-CN/settings'
import { shellTexts } from './zh-CN/shell'
import { shortcutsTexts } from './zh-CN/shortcuts'
import { statesTexts } from './zh-CN/states'
import { submissionTexts } from './zh-CN/submission'
import { upkeepTexts } from './zh-CN/upkeep'

/** Every sentence of the screens, in Chinese. Sentences with values in them are functions of these values. */
export const texts = {
  shell: shellTexts,
  shortcuts: shortcutsTexts,
  states: statesTexts,
  actions: actionsTexts,
  desk: deskTexts,
  records: recordsTexts,
  form: formTexts,
  attachments: attachmentsTexts,
  import: importTexts,
  submission: submissionTexts,
  inbox: inboxTexts,
  followUp: followUpTexts,
  batches: batchesTexts,
  packages: packagesTexts,
  publicity: publicityScreenTexts,
  reports: reportsTexts,
  reference: referenceTexts,
  settings: settingsTexts,
  upkeep: upkeepTexts,
} as const
