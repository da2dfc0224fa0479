import type { GuideSection } from '@shared/contract/guide-pages'
import { callBridge } from '@renderer/bridge'
import { useNotices } from './use-notices'

/** Opens a part of the user guide beside the client. */
export function useGuide(): { readonly openGuide: (section: GuideSection) => Promise<void> } {
  const notices = useNotices()
  return {
    async openGuide(section) {
      const opened = await callBridge('host.openGuide', { section })
      if (!opened.ok) notices.refused(opened.failure)
      else if (opened.value.url !== null) window.open(opened.value.url, '_blank', 'noopener')
    },
  }
}
