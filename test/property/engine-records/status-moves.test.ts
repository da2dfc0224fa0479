import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canMoveDelivery,
  canMoveEditorial,
  deliveryMoves,
  deliveryStates,
  editorialMoves,
  editorialStates,
  inFlight,
} from '@shared/domain/record-status'
import { createRecordRepo } from '@engine/repos/record-repo'
import { openedStore, recordEntity, revisionEntity } from '@test/integration/engine-records/store-fixture'

describe('the delivery axis', () => {
  it('is walked by the store exactly along its table, and record and revision stay together', () => {
    const { database, store, clock } = openedStore()
    const records = createRecordRepo(database, clock)
    let count = 0
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...deliveryStates), { maxLength: 12 }), (steps) => {
        const recordId = `r${count++}`
        store.write(() => {
          records.insert(recordEntity({ recordId }))
          records.insertRevision(revisionEntity({ recordId }))
        })
        let state: (typeof deliveryStates)[number] = 'none'
        for (const to of steps) {
          const move = (): void => store.write(() => records.moveDelivery(recordId, 1, to))
          if (canMoveDelivery(state, to)) {
            move()
            state = to
          } else expect(move).toThrow('cannot move')
          expect(records.find(recordId)?.delivery).toBe(state)
          expect(records.revision(recordId, 1)?.delivery).toBe(state)
        }
      }),
    )
  })

  it('leaves unknown only for a state that an answer of the platform gives', () => {
    expect(deliveryMoves.unknown).not.toContain('none')
    expect(deliveryMoves.accepted).toEqual(['revoked'])
    expect(deliveryMoves.rejected).toEqual([])
  })

  it('lets an older revision move without touching the head', () => {
    const { database, store, clock } = openedStore()
    const records = createRecordRepo(database, clock)
    store.write(() => {
      records.insert(recordEntity({ recordId: 'a', headRevision: 2 }))
      records.insertRevision(revisionEntity({ recordId: 'a', delivery: 'accepted' }))
      records.insertRevision(revisionEntity({ recordId: 'a', revision: 2 }))
      records.moveDelivery('a', 1, 'revoked')
    })
    expect(records.find('a')?.delivery).toBe('none')
    expect(records.revision('a', 1)?.delivery).toBe('revoked')
  })

  it('reaches every state from none, and ends where nothing may follow', () => {
    const reached = new Set<string>(['none'])
    for (let size = 0; size !== reached.size;) {
      size = reached.size
      for (const from of deliveryStates)
        if (reached.has(from)) deliveryMoves[from].forEach((to) => reached.add(to))
    }
    expect([...reached].sort()).toEqual([...deliveryStates].sort())
    for (const state of inFlight) expect(deliveryMoves[state].length).toBeGreaterThan(0)
  })
})

describe('the editorial axis', () => {
  it('seals nothing that was not checked or approved', () => {
    const sources = editorialStates.filter((from) => canMoveEditorial(from, 'sealed'))
    expect(sources.sort()).toEqual(['approved', 'checked', 'sealed'])
  })

  it('has a way back to work from every state', () => {
    for (const from of editorialStates) expect(editorialMoves[from]).toContain('draft')
  })
})
