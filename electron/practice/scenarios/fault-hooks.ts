import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ProtocolError } from '@practice/http/protocol-error'
import { seededShare } from '@practice/settling/seeded-share'
import type { ScenarioProfile } from './scenario-profile'

/**
 * Lets the requests of one part of the server meet what the scenario scripts: too much load, lost answers, slowness,
 * times out of service. The n-th request meets the same fate under the same seed.
 */
export function installFaults(app: FastifyInstance, seed: number, profile: () => ScenarioProfile): void {
  const startedMs = performance.now()
  const fates = new WeakMap<FastifyRequest, number>()
  let served = 0
  const luck = (request: FastifyRequest, purpose: string): number =>
    seededShare(seed, purpose, String(fates.get(request)))

  app.addHook('onRequest', async (request) => {
    fates.set(request, ++served)
    const { busyShare, slowestAnswerMs, outage } = profile()
    if (
      outage !== null &&
      (performance.now() - startedMs) % outage.everyMs >= outage.everyMs - outage.downMs
    ) {
      if (luck(request, 'outage') < 0.5) request.raw.socket.destroy()
      throw new ProtocolError(503, 'unavailable', 'out of service', {}, { 'Retry-After': '1' })
    }
    const load = luck(request, 'busy')
    if (load < busyShare / 2)
      throw new ProtocolError(429, 'too_many_requests', 'slow down', {}, { 'Retry-After': '1' })
    if (load < busyShare) throw new ProtocolError(503, 'unavailable', 'overloaded')
    if (slowestAnswerMs > 0) await pause(luck(request, 'slow') * slowestAnswerMs)
  })

  app.addHook('onSend', async (request, _reply, payload) => {
    // By now the work is committed: the desk cannot know whether it was done.
    if (luck(request, 'lost') < profile().lostAnswerShare) request.raw.socket.destroy()
    return Promise.resolve(payload)
  })
}
