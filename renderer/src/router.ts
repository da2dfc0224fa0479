import { createRouter, createWebHashHistory } from 'vue-router'
import type { Router, RouteRecordRaw } from 'vue-router'
import type { GuideSection } from '@shared/contract/guide-pages'
import { texts } from '@renderer/texts/zh-CN'

declare module 'vue-router' {
  interface RouteMeta {
    /** Heading of the screen in the bar. */
    title?: string
    /** Entry of the navigation that is marked while the screen is shown; its own name by default. */
    within?: string
    /** Part of the user guide that tells of the screen. */
    guide?: GuideSection
  }
}

const titles = texts.shell.nav

const routes: readonly RouteRecordRaw[] = [
  { path: '/', redirect: '/desk' },
  {
    path: '/desk',
    name: 'desk',
    component: () => import('@renderer/screens/desk/desk-screen.vue'),
    meta: { title: titles.desk, guide: 'first' },
  },
  {
    path: '/records',
    name: 'records',
    component: () => import('@renderer/screens/records/records-screen.vue'),
    meta: { title: titles.records, guide: 'form' },
  },
  {
    path: '/import',
    name: 'import',
    component: () => import('@renderer/screens/import/import-screen.vue'),
    meta: { title: titles.import, guide: 'import' },
  },
  {
    path: '/closing',
    name: 'closing',
    component: () => import('@renderer/screens/closing/closing-screen.vue'),
    meta: { title: titles.closing, within: 'desk', guide: 'closing' },
  },
  {
    path: '/inbox',
    name: 'inbox',
    component: () => import('@renderer/screens/inbox/inbox-screen.vue'),
    meta: { title: titles.inbox, guide: 'inbox' },
  },
  {
    path: '/batches',
    name: 'batches',
    component: () => import('@renderer/screens/batches/batches-screen.vue'),
    meta: { title: titles.batches, guide: 'batches' },
  },
  {
    path: '/publicity',
    name: 'publicity',
    component: () => import('@renderer/screens/publicity/publicity-screen.vue'),
    meta: { title: titles.publicity, guide: 'publicity' },
  },
  {
    path: '/reports',
    name: 'reports',
    component: () => import('@renderer/screens/reports/reports-screen.vue'),
    meta: { title: titles.reports, guide: 'reports' },
  },
  {
    path: '/reference',
    name: 'reference',
    component: () => import('@renderer/screens/reference/reference-screen.vue'),
    meta: { title: titles.reference, guide: 'form' },
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('@renderer/screens/settings/settings-screen.vue'),
    meta: { title: titles.settings, guide: 'settings' },
  },
  { path: '/:rest(.*)*', redirect: '/desk' },
]

/** The screens. Addresses live in the fragment, so that the page works from any host and path. */
export function createAppRouter(): Router {
  return createRouter({ history: createWebHashHistory(), routes: [...routes] })
}
