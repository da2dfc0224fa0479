// The type-aware linter does not read .vue files; vue-tsc does and ignores this.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
