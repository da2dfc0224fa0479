import { shallowRef } from 'vue'
import type { ShallowRef } from 'vue'

/** Whether a Chinese text answers to typed letters: by its characters, by initials or by full pinyin. */
export type TextMatch = (text: string, typed: string) => boolean

const byCharacters: TextMatch = (text, typed) => text.toLowerCase().includes(typed.toLowerCase())
const current = shallowRef<TextMatch>(byCharacters)
let loading: Promise<void> | null = null

async function load(): Promise<void> {
  const { match } = await import('pinyin-pro')
  current.value = (text, typed) =>
    byCharacters(text, typed) || (/^[a-z]+$/i.test(typed) && match(text, typed.toLowerCase()) !== null)
}

/**
 * Matching by pinyin initials. The dictionary is large, so it is fetched at the first use; until then only
 * characters match. Call `prepare` when a list opens.
 */
export function usePinyin(): { readonly match: ShallowRef<TextMatch>; readonly prepare: () => void } {
  return {
    match: current,
    prepare: () => {
      loading ??= load()
    },
  }
}
