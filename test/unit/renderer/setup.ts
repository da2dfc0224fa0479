import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { afterEach } from 'vitest'
import { dismissNotice, useNotices } from '@renderer/composables/use-notices'

// Test files share a worker: what one leaves behind in a module must not meet the next.
disableAutoUnmount()
enableAutoUnmount(afterEach)
afterEach(() => {
  for (const { id } of useNotices().notices.value) dismissNotice(id)
})
