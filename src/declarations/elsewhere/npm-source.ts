import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ownValue, stringAt } from '../../formats/json.js'
import { httpGet } from '../../lib/http.js'
import { withoutTrailing } from '../../lib/text.js'
import { MAX_ARCHIVE_BYTES } from './snapshot.js'

const SECONDS = 120
/** What the lock holds at most. */
const MAX_VERSION = 100
const MAX_PACKUMENT_BYTES = 32 * 1024 * 1024

/** One version of a package, as the npm registry tells of it. */
export interface PackageVersion {
  version: string
  tarball: string
  /** `sha512-…` in base64. */
  integrity: string
}

/**
 * Asks the npm registry for the newest version in a range.
 * @param range a range of versions, or a dist-tag such as `latest`
 * @throws with what to do when there is none
 */
export async function resolvePackage(name: string, range: string): Promise<PackageVersion> {
  const registry = registryOf(name)
  const url = `${withoutTrailing(registry, '/')}/${name.replace('/', '%2f')}`
  const body = await get(url, name, {
    maxBytes: MAX_PACKUMENT_BYTES,
    accept: 'application/vnd.npm.install-v1+json, application/json;q=0.9',
  })
  let packument: unknown
  try {
    packument = JSON.parse(body.toString('utf8'))
  } catch {
    throw new Error(`${url} did not answer with package metadata: check the registry's address`)
  }
  const versions = Object.keys((ownValue(packument, 'versions') as object | undefined) ?? {})
  const tagged = stringAt(packument, 'dist-tags', range)
  const { default: semver } = await import('semver')
  const version = tagged ?? semver.maxSatisfying(versions, range)
  if (version === null || !versions.includes(version))
    throw new Error(
      `npm:${name} has no version ${range}; newest: ${stringAt(packument, 'dist-tags', 'latest') ?? 'none'}`,
    )
  // It goes into the lock, a commit and a pull request.
  if (version.length > MAX_VERSION || semver.valid(version) === null || !/^[\w.+-]+$/.test(version))
    throw new Error(`the npm registry names an invalid version of ${name}`)
  const tarball = stringAt(packument, 'versions', version, 'dist', 'tarball')
  const integrity = stringAt(packument, 'versions', version, 'dist', 'integrity')
  const sha512 = integrity?.split(/\s+/).find((each) => /^sha512-[A-Za-z0-9+/]{86}==$/.test(each))
  if (tarball === undefined || !/^https?:\/\//.test(tarball))
    throw new Error(`the npm registry names no archive of ${name}@${version}`)
  if (sha512 === undefined)
    throw new Error(
      `the npm registry has no sha512 of ${name}@${version}; without it the archive can't be verified`,
    )
  return { version, tarball, integrity: sha512 }
}

/**
 * Fetches the archive of a version.
 * @throws where its digest is another one
 */
export async function fetchPackage(
  name: string,
  { version, tarball, integrity }: PackageVersion,
): Promise<Buffer> {
  const bytes = await get(tarball, `${name}@${version}`, { maxBytes: MAX_ARCHIVE_BYTES, accept: '*/*' })
  const found = integrityOf(bytes)
  if (found !== integrity)
    throw new Error(
      `the archive of ${name}@${version} is not the one that was published: its digest is ${found}, but the registry states ${integrity}`,
    )
  return bytes
}

/** Returns the digest of an archive as npm writes it. */
export function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`
}

async function get(
  url: string,
  what: string,
  { maxBytes, accept }: { maxBytes: number; accept: string },
): Promise<Buffer> {
  const answer = await httpGet(url, { seconds: SECONDS, maxBytes, headers: { accept } })
  const host = new URL(url).host
  if ('reason' in answer)
    throw new Error(
      `npm:${what} can't be fetched from ${host}: ${answer.reason}; check the network (behind a proxy: NODE_USE_ENV_PROXY=1 and HTTPS_PROXY with Node.js 24)`,
    )
  if (answer.status === 404) throw new Error(`npm:${what}: ${host} has no such package, or it is private`)
  if (answer.status === 429) throw new Error(`npm:${what}: ${host} is rate limiting: try again later`)
  if (answer.status === 401 || answer.status === 403)
    throw new Error(
      `npm:${what}: ${host} requires a login (status ${answer.status}): fetch it with \`npm pack ${what}\` and add the archive`,
    )
  if (answer.status !== 200) throw new Error(`npm:${what}: ${host} answers with status ${answer.status}`)
  return answer.body
}

const PUBLIC_REGISTRY = 'https://registry.npmjs.org'

/** The registry that npm would ask: of the package's scope, then the one of all, from the environment and ~/.npmrc. */
function registryOf(name: string): string {
  const npmrc = userSettings()
  const scope = /^(@[^/]+)\//.exec(name)?.[1]
  const named =
    (scope === undefined ? undefined : npmrc.get(`${scope}:registry`)) ??
    process.env['npm_config_registry'] ??
    process.env['NPM_CONFIG_REGISTRY'] ??
    npmrc.get('registry') ??
    PUBLIC_REGISTRY
  if (!URL.canParse(named) || !/^https?:$/.test(new URL(named).protocol))
    // What can't be read as an address may contain a password, so it is not quoted.
    throw new Error(
      'the address of the npm registry in the environment or in .npmrc is not an http or https address',
    )
  const { username, password, host } = new URL(named)
  if (username !== '' || password !== '')
    throw new Error(
      `the address of the npm registry ${host} contains a user or a password, which is not sent: fetch the package with \`npm pack\` and add the archive`,
    )
  return named
}

function userSettings(): ReadonlyMap<string, string> {
  const file =
    process.env['NPM_CONFIG_USERCONFIG'] ?? process.env['npm_config_userconfig'] ?? join(homedir(), '.npmrc')
  try {
    const lines = readFileSync(file, 'utf8').matchAll(
      /^[ \t]*((?:@[\w.-]+:)?registry)[ \t]*=[ \t]*(\S+)[ \t]*$/gm,
    )
    return new Map([...lines].map(([, key = '', value = '']) => [key, value]))
  } catch {
    return new Map()
  }
}
