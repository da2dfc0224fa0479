/** The chosen way to the platform as it is stored: which it is, and the settings that only it has. */
import type { TransportView } from '@shared/contract/views/connection-views'
import type { SettingsOf, TransportSettings } from '@shared/contract/transport-settings'
import { defaultSpelling } from '@shared/domain/signature-spelling'
import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { SettingRepo } from '@engine/repos/repo-types'

/** What the exchange protocol needs, over a wire and by hand. */
export interface ExchangeCredentials {
  readonly platformUrl: string | null
  readonly clientId: string | null
  readonly platformPublicKey: string | null
  readonly spelling: SignatureSpelling
}

type RowSettings = SettingsOf<'city-soap'> | SettingsOf<'front-db'>
type StoredRoute = { readonly kind: 'http' } | { readonly kind: 'package' } | RowSettings

export interface ConnectionRoute {
  credentials(): ExchangeCredentials
  /** The settings by which a transport is made; null while they are not complete. */
  settings(): TransportSettings | null
  kind(): TransportSettings['kind']
  /** Stores another choice; inside the caller's transaction. */
  store(next: TransportSettings): void
  /** Whether these settings lead to the same platform as the stored ones, whatever else they change. */
  isSamePlace(next: TransportSettings): boolean
  view(): TransportView
}

const noCredentials: ExchangeCredentials = {
  ...{ platformUrl: null, clientId: null, platformPublicKey: null },
  spelling: defaultSpelling,
}

/** Reads and writes the choice. A password stays in the store: views say only whether there is one. */
export function createConnectionRoute(settings: SettingRepo): ConnectionRoute {
  /** A connection that an older client has stored names no spelling. */
  const credentials = (): ExchangeCredentials => ({
    ...noCredentials,
    ...settings.get<Partial<ExchangeCredentials>>('connection'),
  })
  const route = (): StoredRoute => settings.get<StoredRoute>('route') ?? { kind: 'http' }

  const complete = (): TransportSettings | null => {
    const chosen = route()
    if (chosen.kind === 'city-soap' || chosen.kind === 'front-db') return chosen
    const { platformUrl, clientId, platformPublicKey, spelling } = credentials()
    if (clientId === null) return null
    // A desk may have been made before its platform's key was known; only receipts and files need it.
    const key = { clientId, platformPublicKey: platformPublicKey ?? '', spelling }
    if (chosen.kind === 'package') return { kind: 'package', ...key }
    return platformUrl === null ? null : { kind: 'http', platformUrl, ...key }
  }

  /** An absent password keeps the stored one, as long as it is for the same server and user. */
  const withPassword = (next: SettingsOf<'front-db'>): SettingsOf<'front-db'> => {
    const before = route()
    if (next.password !== null || before.kind !== 'front-db') return next
    const isSame = before.host === next.host && before.port === next.port && before.user === next.user
    return isSame ? { ...next, password: before.password } : next
  }

  return {
    credentials,
    settings: complete,
    kind: () => route().kind,

    store(next) {
      if (next.kind === 'http' || next.kind === 'package') {
        const { clientId, platformPublicKey, spelling } = next
        const platformUrl = next.kind === 'http' ? next.platformUrl : credentials().platformUrl
        settings.set('connection', { platformUrl, clientId, platformPublicKey, spelling })
        settings.set('route', { kind: next.kind })
      } else settings.set('route', next.kind === 'front-db' ? withPassword(next) : next)
    },

    isSamePlace(next) {
      const now = complete()
      if (now === null) return true
      if (now.kind === 'city-soap' && next.kind === 'city-soap') {
        return now.serviceUrl === next.serviceUrl && now.departmentCode === next.departmentCode
      }
      if (now.kind === 'front-db' && next.kind === 'front-db') {
        return now.host === next.host && now.port === next.port && now.database === next.database
      }
      if (now.kind === 'package' && next.kind === 'package')
        return now.platformPublicKey === next.platformPublicKey
      // The two ways of the exchange protocol lead to one platform as long as its key is the same.
      const isExchange = (one: TransportSettings) => one.kind === 'http' || one.kind === 'package'
      return isExchange(now) && isExchange(next) && credentials().platformPublicKey === keyOf(next)
    },

    view() {
      const chosen = route()
      if (chosen.kind === 'http' || chosen.kind === 'package') return { kind: chosen.kind }
      if (chosen.kind === 'city-soap') return chosen
      const { password, ...shown } = chosen
      return { ...shown, hasPassword: password !== null && password !== '' }
    },
  }
}

const keyOf = (settings: TransportSettings): string | null =>
  settings.kind === 'http' || settings.kind === 'package' ? settings.platformPublicKey : null
