/** How a thing is coloured: red `late` only for late or refused, amber `soon`, green `good`, blue `info`, else `plain`. */
export type Tone = 'plain' | 'good' | 'info' | 'soon' | 'late'
