/** The ways to reach a platform. Each has its settings variant, its line in the registry and passes one suite of tests. */
export const transportKinds = ['http', 'package', 'city-soap', 'front-db'] as const
export type TransportKind = (typeof transportKinds)[number]

/** What stands for the platform's word on a batch: its signed receipt, or the desk's record of an unsigned answer. */
export type ReceiptKind = 'signed' | 'statement'
