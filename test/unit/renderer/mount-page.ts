import { createPinia, setActivePinia } from 'pinia'
import { flushPromises, mount } from '@vue/test-utils'
import type { VueWrapper } from '@vue/test-utils'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { Router } from 'vue-router'
import type { Component } from 'vue'
import type { CallName, Handlers } from '@shared/contract/calls'
import { demoBridge } from '@test/fixtures/demo/demo-bridge'
import type { DemoBridge } from '@test/fixtures/demo/demo-bridge'

/** Puts a bridge over invented data where the preload script would; fresh stores come with it. */
export function useDemoBridge(overrides: Partial<Handlers<CallName>> = {}): DemoBridge {
  const bridge = demoBridge(overrides)
  Object.assign(window, { bridge })
  setActivePinia(createPinia())
  localStorage.clear()
  return bridge
}

export interface Page {
  readonly page: VueWrapper
  readonly router: Router
}

/** Mounts a screen under a router whose other screens are empty; waits until what it asked for is there. */
export async function mountPage(screen: Component, path: string): Promise<Page> {
  const nothing = { template: '<p />' }
  const names = ['desk', 'records', 'import', 'closing', 'inbox', 'batches', 'reference', 'settings']
  const name = path.slice(1).split('?')[0]
  const router = createRouter({
    history: createMemoryHistory(),
    routes: names.map((one) => ({ path: `/${one}`, name: one, component: one === name ? screen : nothing })),
  })
  await router.push(path)
  const page = mount(
    { template: '<router-view />' },
    { global: { plugins: [router] }, attachTo: document.body },
  )
  await settle()
  return { page, router }
}

/** Lets answers arrive and timers of up to `ms` run out. */
export async function settle(ms = 60): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
  await flushPromises()
}
