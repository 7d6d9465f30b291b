/**
 * Compares two texts of pnpm-lock.yaml apart from the packages of plugins.
 * @param isPlugin tells whether a directory, such as `server/plugins/com.acme.tickets`, is a plugin or in one
 * @returns the first difference; `undefined` when the rest of the repository gets the same installation as before.
 *   Packages may have been added and removed, but one that stayed must have the same dependencies.
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

/** Returns added packages that are compiled during installation or made for one platform: an overlay can't carry them. */
export function nativePackagesAdded(before: string, after: string): string[] {
  const known = sectionsOf(before).get('packages')
  const now = sectionsOf(after).get('packages') ?? new Map<string, string>()
  return [...now]
    .filter(([key, text]) => !known?.has(key) && /\n {4}(?:requiresBuild: true|cpu: |os: )/.test(text))
    .map(([key]) => withoutPeers(key))
}

/** Returns the packages, with their versions, that a lockfile has and an earlier text of it has not. */
export function packagesAdded(before: string, after: string): string[] {
  const known = sectionsOf(before).get('packages')
  const now = [...(sectionsOf(after).get('packages')?.keys() ?? [])]
  return now.filter((key) => key !== '' && !known?.has(key)).map(withoutPeers)
}

function withoutPeers(key: string): string {
  return key.replace(/^\//, '').split('(', 1)[0] ?? ''
}

/** Sections in which each key is a package with its version (`snapshots` since pnpm 9). */
const PACKAGE_SECTIONS = ['packages', 'snapshots']

/** Splits a lockfile into its top-level sections and their entries, as texts; a value on the section's own line has the key ''. */
function sectionsOf(lockfile: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let entries = new Map<string, string>()
  let key = ''
  for (const line of lockfile.split(/\r?\n/)) {
    // `dev` changes when another package starts or stops needing this one.
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
