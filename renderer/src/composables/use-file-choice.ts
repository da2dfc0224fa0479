import { ref } from 'vue'
import type { Ref } from 'vue'
import * as v from 'valibot'
import { failure, failureCodes } from '@shared/kernel/failure'
import { err, ok } from '@shared/kernel/result'
import type { Result } from '@shared/kernel/result'
import { callBridge } from '@renderer/bridge'
import type { ImportFile } from '@renderer/stores/import-store'

const taken = v.object({ token: v.string(), name: v.string(), bytes: v.number() })
const refused = v.object({
  failure: v.object({
    code: v.picklist(failureCodes),
    params: v.record(v.string(), v.union([v.string(), v.number()])),
  }),
})

/** Hands a file of the page to the host, which knows it under a token from then on. Never rejects. */
export async function uploadFile(file: File): Promise<Result<ImportFile>> {
  try {
    const reply = await fetch('/files', {
      method: 'POST',
      headers: { 'X-File-Name': encodeURIComponent(file.name), 'X-Xinbao': '1' },
      body: file,
      credentials: 'same-origin',
    })
    const body: unknown = await reply.json()
    const answer = v.safeParse(taken, body)
    if (reply.ok && answer.success) return ok(answer.output)
    const refusal = v.safeParse(refused, body)
    if (refusal.success) return err(failure(refusal.output.failure.code, refusal.output.failure.params))
    return err(failure('engine.stopped'))
  } catch {
    // The size or the state of the disk may have changed under the browser; the host being gone looks the same.
    return err(failure('engine.stopped'))
  }
}

/**
 * Gets a file: one to import, the package of a standard, an answer of a platform, an update or a backup. The desktop shell asks with its own dialog and answers with tokens; a browser page opens
 * its dialog (`pick`) and uploads, as does a page onto which a file was dropped.
 */
export function useFileChoice(purpose: 'tables' | 'standard' | 'answer' | 'update' | 'backup' = 'tables'): {
  /** Name of the file that is on its way to the host. */
  readonly uploading: Ref<string | null>
  readonly choose: (isBrowser: boolean, pick: () => void) => Promise<Result<ImportFile | null>>
  readonly upload: (file: File) => Promise<Result<ImportFile | null>>
  readonly sample: () => Promise<Result<ImportFile | null>>
} {
  const uploading = ref<string | null>(null)

  async function choose(isBrowser: boolean, pick: () => void): Promise<Result<ImportFile | null>> {
    if (isBrowser) {
      pick()
      return ok(null)
    }
    const chosen = await callBridge('host.chooseFiles', { purpose })
    return chosen.ok ? ok(chosen.value[0] ?? null) : chosen
  }

  async function upload(file: File): Promise<Result<ImportFile | null>> {
    uploading.value = file.name
    const answer = await uploadFile(file)
    uploading.value = null
    return answer
  }

  return { uploading, choose, upload, sample: () => callBridge('host.sampleFile', {}) }
}
