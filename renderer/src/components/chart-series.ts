/** One row of figures of a chart; `tone` names a colour of the theme. */
export interface ChartSeries {
  readonly name: string
  readonly kind: 'bar' | 'line'
  readonly tone: 'accent' | 'late' | 'soon' | 'good' | 'text-3' | 'line-strong' | 'accent-strong'
  readonly values: readonly (number | null)[]
}
