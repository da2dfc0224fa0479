import * as v from 'valibot'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))

/** How much a record may carry in supporting documents. They are kept in the store, and with it in every backup. */
export const attachmentLimitsSchema = v.strictObject({
  /** One file. */
  fileMb: whole(1, 50),
  /** Files of one record, without those that were removed. */
  perRecord: whole(1, 100),
  /** Days for which a removed file can be brought back; then it is erased. */
  undoDays: whole(0, 90),
})

export type AttachmentLimits = v.InferOutput<typeof attachmentLimitsSchema>

/** What holds until somebody chooses otherwise. */
export const defaultAttachmentLimits: AttachmentLimits = { fileMb: 20, perRecord: 30, undoDays: 7 }
