/** Cuts a script into its statements; the body of a trigger belongs to its statement. */
export function sqlStatements(script: string): readonly string[] {
  const statements: string[] = []
  let waiting = ''
  for (const piece of script.split(/(?<=;)/)) {
    waiting += piece
    const code = waiting.replace(/--.*$/gm, '').trim()
    const isOpen = /\bBEGIN\b/i.test(code) && !/\bEND\s*;$/i.test(code)
    if (isOpen || !code.endsWith(';')) continue
    statements.push(waiting)
    waiting = ''
  }
  return waiting.replace(/--.*$/gm, '').trim() === '' ? statements : [...statements, waiting]
}
