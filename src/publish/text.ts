/** Tells whether GitHub already stores this text: it changes line ends, and may drop leading and trailing white space. */
export function isSameText(stored: string, text: string): boolean {
  return stored.replaceAll('\r\n', '\n').trim() === text.trim()
}
