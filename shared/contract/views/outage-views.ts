import type { LineFault, ProbeStep } from '@shared/domain/line-probe'

/** One probe as the proof lists it; hash and signature are those of the desk. */
export interface ProbeView {
  readonly probeNo: number
  readonly at: string
  readonly fault: LineFault
  readonly cause: string | null
  readonly steps: readonly ProbeStep[]
  readonly prevHash: string
  readonly hash: string
  readonly signature: string
}

/** A stretch of probes in a row with the same finding. */
export interface OutageSpan {
  readonly fault: LineFault
  readonly from: string
  readonly to: string
  readonly probes: number
}

/** A batch that waited while the line was down. */
export interface WaitingBatch {
  readonly label: string
  readonly items: number
  readonly sealedAt: string
  readonly receivedAt: string | null
}

/** What the proof says; the signature is over its canonical JSON. */
export interface OutageProof {
  readonly kind: 'xinbao-outage-proof'
  readonly version: 1
  readonly bureau: { readonly code: string; readonly name: string }
  readonly clientId: string | null
  readonly platformUrl: string | null
  readonly deskPublicKey: string
  readonly madeAt: string
  readonly from: string
  readonly to: string
  readonly spans: readonly OutageSpan[]
  readonly waiting: readonly WaitingBatch[]
  /** Announcements of the platform that fall into the span. */
  readonly announced: readonly { readonly text: string; readonly receivedAt: string }[]
  /** True when every probe is signed by this desk and follows the one before. */
  readonly isChainWhole: boolean
  /** True number of probes; the list is thinned beyond 200, changes of the finding always stay. */
  readonly probeCount: number
  readonly probes: readonly ProbeView[]
}

export interface SignedOutageProof {
  readonly proof: OutageProof
  /** Base64 DER SM2 signature of the desk over the canonical JSON of `proof`. */
  readonly signature: string
}
