import type {
  StandardPreview,
  StandardsView,
  StandardVersionState,
  StandardVersionView,
} from '@shared/contract/views/standard-views'
import type { StandardPack } from '@shared/standard/pack'
import { comparePackVersions } from '@shared/standard/pack-version'
import {
  isExpired,
  type CataloguedVersion,
  type StandardCatalogue,
} from '@engine/standards/standard-catalogue'

function stateOf(entry: CataloguedVersion, inForce: StandardPack): StandardVersionState {
  if (entry.standard === null) return 'damaged'
  if (entry.version === inForce.version) return 'in-force'
  if (comparePackVersions(entry.version, inForce.version) < 0) return 'past'
  return entry.installed?.adoptedAt === null ? 'consent' : 'day'
}

function versionView(
  entry: CataloguedVersion,
  inForce: StandardPack,
  preview: StandardPreview | null,
): StandardVersionView {
  const { version, standard, installed, changes, problem } = entry
  return {
    version,
    title: standard?.pack.title ?? '',
    from: standard?.pack.from ?? '',
    to: standard?.pack.to ?? null,
    state: stateOf(entry, inForce),
    origin: installed === null ? 'release' : 'installed',
    installedAt: installed?.installedAt ?? null,
    adoptedAt: installed?.adoptedAt ?? null,
    changes,
    problem,
    preview,
  }
}

/** The versions as the settings show them. */
export function standardsView(
  catalogue: StandardCatalogue,
  inForce: StandardPack,
  announced: StandardsView['announced'],
  previews: ReadonlyMap<string, StandardPreview>,
  today: string,
): StandardsView {
  return {
    id: inForce.id,
    inForce: inForce.version,
    isExpired: isExpired(inForce, today),
    versions: catalogue
      .versions()
      .map((entry) => versionView(entry, inForce, previews.get(entry.version) ?? null)),
    announced,
  }
}
