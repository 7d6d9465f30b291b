/**
 * What of pnpm-lock.yaml changed beside the packages of plugins: `undefined` when nothing did, so that what is
 * installed for the rest of the repository is what it was. Packages may have come and gone; one that stayed must
 * depend on what it did.
 * @param isPlugin whether a directory, such as `server/plugins/com.acme.tickets`, is a plugin's or in one
 */
export function lockfileChange(
  before: string,
  after: string,
  isPlugin: (directory: string) => boolean,
): string | undefined {
  const old = sectionsOf(before)
  const now = sectionsOf(after)
  for (const section of new Set([...old.keys(), ...now.keys()])) {
    const was = old.get(section) ?? new Map<string, string>()
    const is = now.get(section) ?? new Map<string, string>()
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      if (was.get(key) === is.get(key)) continue
      if (section === 'importers' && isPlugin(key)) continue
      const cameOrWent = !was.has(key) || !is.has(key)
      if (cameOrWent && PACKAGE_SECTIONS.includes(section)) continue
      return key === '' ? section : `${section}: ${key}`
    }
  }
  return undefined
}

/** New packages that are compiled while they are installed, or made for one platform: an overlay can't carry them. */
export function nativePackagesAdded(before: string, after: string): string[] {
  const known = sectionsOf(before).get('packages')
  const now = sectionsOf(after).get('packages') ?? new Map<string, string>()
  return [...now]
    .filter(([key, text]) => !known?.has(key) && /\n {4}(?:requiresBuild: true|cpu: |os: )/.test(text))
    .map(([key]) => key.replace(/^\//, '').split('(', 1)[0] ?? '')
}

/** Where each key is a package with its version (`snapshots` since pnpm 9). */
const PACKAGE_SECTIONS = ['packages', 'snapshots']

/** The entries below each key of the first column, as texts; a value on the key's own line has the key ''. */
function sectionsOf(lockfile: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let entries = new Map<string, string>()
  let key = ''
  for (const line of lockfile.split(/\r?\n/)) {
    // Whether a package is for development only changes with who else needs it.
    if (line.trim() === '' || /^ {4}dev: /.test(line)) continue
    const section = /^([^\s:]+):(.*)$/.exec(line)
    const entry = /^ {2}(?:'([^']+)'|([^\s'][^]*?)):(?: ([^]*))?$/.exec(line)
    if (section) {
      entries = new Map([['', section[2] ?? '']])
      key = ''
      sections.set(section[1] ?? '', entries)
    } else if (entry) {
      key = entry[1] ?? entry[2] ?? ''
      entries.set(key, entry[3] ?? '')
    } else entries.set(key, `${entries.get(key) ?? ''}\n${line}`)
  }
  return sections
}
