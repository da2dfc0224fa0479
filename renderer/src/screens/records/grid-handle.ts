/** What the grid lets its screen do. */
export interface GridHandle {
  focus(): void
  /** Moves the keyboard row by `step` from the open record and opens what is there. */
  openNeighbour(step: number): void
  scrollToTop(): void
}
