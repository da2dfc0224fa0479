import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CallInput } from '@shared/contract/calls'
import type { ConnectionTest, ConnectionView } from '@shared/contract/views/connection-views'
import type { Failure } from '@shared/kernel/failure'
import { callBridge } from '@renderer/bridge'

/** The connection to the platform and the switch between practice and live; other settings are in the session. */
export const useSettingsStore = defineStore('settings', () => {
  const connection = shallowRef<ConnectionView | null>(null)
  const test = shallowRef<ConnectionTest | null>(null)
  const failure = shallowRef<Failure | null>(null)
  const isTesting = shallowRef(false)

  async function load(): Promise<void> {
    const answer = await callBridge('connection.get', {})
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) connection.value = answer.value
  }

  /** Saves the connection and tests it; true when it was saved (the test may still have failed). */
  async function save(input: CallInput<'connection.save'>): Promise<boolean> {
    isTesting.value = true
    const answer = await callBridge('connection.save', input)
    isTesting.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return false
    test.value = answer.value
    await load()
    return true
  }

  /** Chooses a way to the platform and tests it; true when it was stored. */
  async function choose(input: CallInput<'connection.choose'>): Promise<boolean> {
    isTesting.value = true
    const answer = await callBridge('connection.choose', input)
    isTesting.value = false
    failure.value = answer.ok ? null : answer.failure
    if (!answer.ok) return false
    test.value = answer.value
    await load()
    return true
  }

  /** Tests the stored connection step by step. */
  async function runTest(): Promise<void> {
    isTesting.value = true
    const answer = await callBridge('connection.test', {})
    isTesting.value = false
    failure.value = answer.ok ? null : answer.failure
    if (answer.ok) test.value = answer.value
  }

  /** Leaves practice for the live desk or goes back, and loads the page anew: nothing of one desk may stay on the
   *  screen of the other. Gives the failure when refused. */
  async function switchMode(input: CallInput<'host.switchMode'>): Promise<Failure | null> {
    const answer = await callBridge('host.switchMode', input)
    if (!answer.ok) return answer.failure
    window.location.reload()
    return null
  }

  return { connection, test, failure, isTesting, load, save, choose, runTest, switchMode }
})
