import { withoutTrailing } from '../../lib/text.js'

/** Where a plugin comes from, without the version of it. */
export type Source =
  | {
      kind: 'git'
      /** As git takes it. */
      url: string
      /** As the user wrote it, without ref and path. */
      name: string
      /** A tag, a branch or a whole commit; `undefined`: the default branch. */
      ref: string | undefined
      /** The directory of the plugin in there; empty: wherever it is found. */
      path: string
    }
  | { kind: 'npm'; name: string; /** A range or a dist-tag. */ range: string; path: string }
  | { kind: 'folder'; directory: string; path: string }
  | { kind: 'archive'; file: string; path: string }

/** What is understood as a source, for a message about what is not. */
export const SOURCE_FORMS =
  'github:OWNER/REPO[/PATH][#REF], a git URL with [#REF[:PATH]], npm:NAME[@RANGE], ./FOLDER or ./ARCHIVE.tgz'

const GITHUB = /^github:([\w-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?(?:\/([^#]+))?(?:#(.+))?$/
const NPM = /^npm:((?:@[a-z0-9][\w.-]{0,100}\/)?[a-z0-9][\w.-]{0,200})(?:@([^/:]+))?(?::(.+))?$/i
/** `user@host:path`, as ssh has it. */
const SCP = /^[\w.-]+@[\w.-]+:(?!\/\/)[^#]+/

/**
 * Reads what was named as the source of a plugin.
 * @throws with what is understood
 */
export function parseSource(text: string): Source {
  if (/\p{Cc}/u.test(text)) throw new Error('the source contains a control character')
  const github = GITHUB.exec(text)
  if (github) {
    const [, owner = '', repo = '', path = '', ref] = github
    const name = `github:${owner}/${repo}`
    return checked({ kind: 'git', url: `https://github.com/${owner}/${repo}.git`, name, ref, path }, text)
  }
  const npm = NPM.exec(text)
  if (npm) {
    const [, name = '', range = 'latest', path = ''] = npm
    return checked({ kind: 'npm', name, range, path }, text)
  }
  if (/^(?:github|npm):/.test(text)) throw notUnderstood(text)
  const [head = '', ...rest] = text.split('#')
  if (/^(?:git\+)?(?:https?|ssh|file):\/\//.test(text) || SCP.test(head)) {
    const { ref, path } = fragmentOf(rest.join('#'))
    return checked({ kind: 'git', url: head.replace(/^git\+/, ''), name: head, ref, path }, text)
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) throw notUnderstood(text)
  if (/\.zip$/i.test(text))
    throw new Error(`${text}: archives are read as .tar.gz, .tgz or .tar: unpack it and name the folder`)
  const path = fragmentOf(rest.join('#')).path
  if (/\.(?:tgz|tar\.gz|tar)$/i.test(head)) return checked({ kind: 'archive', file: head, path }, text)
  if (/^\.{0,2}\/|^\.{1,2}$|^[a-z]:[\\/]/i.test(head))
    return checked({ kind: 'folder', directory: head, path }, text)
  throw notUnderstood(text)
}

function notUnderstood(text: string): Error {
  return new Error(`${JSON.stringify(text)} is not a source; use ${SOURCE_FORMS}`)
}

/** `REF:PATH`, as docker has it behind a git URL; a ref holds no colon. */
function fragmentOf(fragment: string): { ref: string | undefined; path: string } {
  const colon = fragment.indexOf(':')
  const ref = colon === -1 ? fragment : fragment.slice(0, colon)
  return { ref: ref === '' ? undefined : ref, path: colon === -1 ? '' : fragment.slice(colon + 1) }
}

function checked<S extends Source>(source: S, text: string): S {
  const path = withoutTrailing(source.path.replace(/^(?:\.\/)+/, ''), '/')
  if (path !== '' && whyUnsafePath(path) !== undefined)
    throw new Error(`${JSON.stringify(text)}: the path ${path} ${whyUnsafePath(path)}`)
  if (source.kind === 'git') {
    const { url, ref } = source
    if (/^http:/.test(url) && !isLoopback(url))
      throw new Error(`${JSON.stringify(url)} would be fetched without encryption: use https or ssh`)
    if (/^https?:\/\/[^/]*@/.test(url))
      throw new Error('the address contains a user or a password: keep it in git’s credential helper instead')
    if (ref !== undefined && !/^[^-\s~^:?*[\\][^\s~^:?*[\\]{0,250}$/.test(ref))
      throw new Error(`${JSON.stringify(ref)} is not the name of a tag or a branch`)
  }
  return { ...source, path }
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname)
}

/** Returns why a path of a foreign tree is not written here; `undefined` where nothing speaks against it. */
export function whyUnsafePath(path: string): string | undefined {
  const parts = path.split('/')
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'is absolute'
  if (parts.includes('..') || parts.includes('.') || parts.includes('')) return 'leads out of the directory'
  if (parts.some((part) => /^\.git$/i.test(part) || /^git~\d+$/i.test(part)))
    return 'leads into a .git directory'
  if (/[\\<>:"|?*\uFFFD\p{Cc}]/u.test(path)) return 'contains a character that some file systems do not allow'
  if (/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/.test(path)) return 'contains an invisible character'
  if (parts.some((part) => /[. ]$/.test(part))) return 'ends in a dot or a space'
  if (path.length > 240 || parts.length > 20) return 'is too long'
  return undefined
}

/** Returns the source as the lock and messages have it, without ref, range and path. */
export function nameOfSource(source: Source): string {
  if (source.kind === 'git') return source.name
  if (source.kind === 'npm') return `npm:${source.name}`
  return source.kind === 'folder' ? source.directory : source.file
}

/** Returns what is asked for of the source: a ref or a range; `undefined` where it has but one version. */
export function requestOf(source: Source): string | undefined {
  if (source.kind === 'git') return source.ref
  return source.kind === 'npm' ? source.range : undefined
}

/** Returns a source with another ref or range. */
export function withRequest(source: Source, request: string | undefined): Source {
  if (source.kind === 'git') return { ...source, ref: request }
  return source.kind === 'npm' ? { ...source, range: request ?? 'latest' } : source
}
