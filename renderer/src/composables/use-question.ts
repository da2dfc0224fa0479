import { ElMessageBox } from 'element-plus'

/** A question with two answers; `yes` does what `text` describes. */
export interface Question {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no: string
}

/** Asks before something that is not easily taken back; false when the user would rather not. Plain text only. */
export async function askQuestion(question: Question): Promise<boolean> {
  try {
    await ElMessageBox.confirm(question.text, question.title, {
      confirmButtonText: question.yes,
      cancelButtonText: question.no,
      closeOnClickModal: false,
      autofocus: false,
    })
    return true
  } catch {
    // Element Plus rejects when the dialog is closed or answered with no.
    return false
  }
}
