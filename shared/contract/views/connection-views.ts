import type { SignatureSpelling } from '@shared/domain/signature-spelling'
import type { SettingsOf } from '@shared/contract/transport-settings'

/** The way to the platform, without any secret. */
export interface ConnectionView {
  readonly platformUrl: string | null
  readonly clientId: string | null
  readonly platformPublicKey: string | null
  readonly deskPublicKey: string
  /** How signatures are written on both sides of the exchange protocol. */
  readonly spelling: SignatureSpelling
  /** The chosen way, with the settings that only it has. */
  readonly transport: TransportView
}

/** Settings of a way as pages may see them: without any password. */
export type TransportView =
  | { readonly kind: 'http' | 'package' }
  | SettingsOf<'city-soap'>
  | (Omit<SettingsOf<'front-db'>, 'password'> & { readonly hasPassword: boolean })

/** One step of the connection test, in order; later steps are left out after the first that fails. */
export interface ConnectionStep {
  readonly step: 'address' | 'reach' | 'tls' | 'page' | 'clock' | 'signature' | 'bureau' | 'standard'
  readonly ok: boolean
  readonly message: string
}

export interface ConnectionTest {
  readonly ok: boolean
  readonly steps: readonly ConnectionStep[]
}
