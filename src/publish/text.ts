/** Tells whether GitHub stores this text already: it stores line ends of its own, and may drop outer white space. */
export function isSameText(stored: string, text: string): boolean {
  return stored.replaceAll('\r\n', '\n').trim() === text.trim()
}
