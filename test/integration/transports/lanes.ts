import { askedSoapLane, silentSoapLane } from './city-soap-lane'
import { keyedDbLane, keylessDbLane } from './front-db-lane'
import { httpLane } from './http-lane'
import type { LaneSpec } from './lane'
import { packageLane } from './package-lane'

/** Every way to a platform. A new one is one line here. */
export const lanes: readonly LaneSpec[] = [
  httpLane,
  packageLane,
  askedSoapLane,
  silentSoapLane,
  keyedDbLane,
  keylessDbLane,
]
