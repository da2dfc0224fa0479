import { compileStandard } from '@shared/standard/compile-standard'
import type { StandardPack } from '@shared/standard/pack'
import { softwareSmProvider } from '@engine/crypto/software-sm-provider'
import type { Database } from '@engine/repos/database'
import { createNoticeRepo } from '@engine/repos/notice-repo'
import type { SettingRepo } from '@engine/repos/repo-types'
import { loadOlderStandards, type ShippedStandard } from '@engine/standards/installed-standard'
import { createPackageFolder } from '@engine/standards/package-folder'
import { createStandardCatalogue } from '@engine/standards/standard-catalogue'
import {
  createStandardsService,
  noStandards,
  type StandardsDeps,
  type StandardsService,
  type StoredStandards,
} from './standards-service'
import { chosenSettings, createPackSettings, type PackSettingsService } from './standards-settings'

type Given = Omit<StandardsDeps, 'catalogue' | 'folder' | 'trust' | 'notices' | 'opening'>

/** The standards of a desk, and what it has set in them. */
export interface DeskStandards {
  readonly standards: StandardsService
  readonly packSettings: PackSettingsService
}

/**
 * Opens the standards of a desk: verifies every installed package anew, and clears away what an installation that was
 * cut off has left. Never refuses for a package: the standard of the release is always there.
 */
export function openStandards(
  deps: Given & {
    readonly dataDir: string
    /** Folder with `standards/`, for the older layouts that a package converts. */
    readonly resourceDir: string
    readonly database: Database
    readonly shipped: ShippedStandard
  },
): DeskStandards {
  const { settings, shipped, log } = deps
  const { installed } = settings.get<StoredStandards>('standards') ?? noStandards
  const trust = { standardId: shipped.standard.pack.id, bureauCode: bureauCodeOf(settings) }
  const opening = {
    sm: softwareSmProvider,
    compile: (pack: StandardPack) => compileStandard(pack, loadOlderStandards(deps.resourceDir, pack)),
  }
  const folder = createPackageFolder(deps.dataDir)
  folder.sweep((id, version) => installed.some((one) => one.id === id && one.version === version))
  const catalogue = createStandardCatalogue(
    { shipped, folder, trust, opening },
    installed,
    chosenSettings(settings),
  )
  for (const { version, problem } of catalogue.versions()) {
    if (problem !== null) log.info('standard.damaged', { version, code: problem })
  }
  const notices = createNoticeRepo(deps.database)
  return {
    standards: createStandardsService({ ...deps, catalogue, folder, trust, notices, opening }),
    packSettings: createPackSettings({ ...deps, catalogue }),
  }
}

function bureauCodeOf(settings: SettingRepo): string {
  const desk = settings.get<{ readonly bureauCode: string }>('desk')
  if (desk === null) throw new Error('the desk has no bureau')
  return desk.bureauCode
}
