import type { Result } from '@shared/kernel/result'
import { callBridge } from '@renderer/bridge'
import { useNotices } from '@renderer/composables/use-notices'

/** Follows an address that the loopback host gave for a written file; the browser saves it under its name. */
function download(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}

/**
 * Lets the program write a file for the user: asks where, has it written, hands it over. Gives what the writing
 * answered; `nothing` when it had nothing to write; or null when the user cancelled or it was refused (which is then
 * shown).
 */
export function useFileDelivery(): {
  readonly deliver: {
    <T extends object>(name: string, write: (target: string) => Promise<Result<T>>): Promise<T | null>
    <T extends object>(
      name: string,
      write: (target: string) => Promise<Result<T | null>>,
    ): Promise<T | 'nothing' | null>
  }
} {
  const notices = useNotices()

  async function deliver<T extends object>(
    name: string,
    write: (target: string) => Promise<Result<T | null>>,
  ): Promise<T | 'nothing' | null> {
    const target = await callBridge('host.chooseTarget', { name })
    if (!target.ok) {
      notices.refused(target.failure)
      return null
    }
    if (target.value === null) return null
    const written = await write(target.value.token)
    if (!written.ok) {
      notices.refused(written.failure)
      return null
    }
    if (written.value === null) return 'nothing'
    const handed = await callBridge('host.deliver', { target: target.value.token })
    if (!handed.ok) {
      notices.refused(handed.failure)
      return null
    }
    if (handed.value.downloadUrl !== null) download(handed.value.downloadUrl, target.value.name)
    return written.value
  }

  return { deliver: deliver }
}
