/** Returns the token in the form that git sends, which must be masked in logs like the token itself. */
export function basicCredential(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64')
}
