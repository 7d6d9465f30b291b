/** The token as git sends it: it must be masked in logs as the token itself is. */
export function basicCredential(token: string): string {
  return Buffer.from(`x-access-token:${token}`).toString('base64')
}
