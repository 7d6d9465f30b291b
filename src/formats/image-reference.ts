import { append } from '../lib/lists.js'
/** `host/path/name` without tag or digest, as the container registries accept it. */
const IMAGE_NAME =
  /^(?:(?:localhost|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/

const DIGEST = /^sha256:[0-9a-f]{64}$/

/** Whether a text is the digest of an image, `sha256:…`. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text)
}

/** `host:5000/name:tag@sha256:…` without tag and digest. */
export function nameOf(reference: string): string {
  const [tagged = ''] = reference.split('@')
  const colon = tagged.lastIndexOf(':')
  return colon > tagged.lastIndexOf('/') ? tagged.slice(0, colon) : tagged
}

/** Returns the host of the container registry that an image is in; empty: Docker Hub. */
export function hostOf(name: string): string {
  const [first = '', ...rest] = name.split('/')
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first.toLowerCase() : ''
}

/** What went wrong with the user's `images` and `tags`; one line each. */
export class ImageReferenceError extends Error {}

/**
 * The full references, `name:tag`, that an image gets. A tag that is a full reference already stands for itself.
 * @throws {ImageReferenceError} naming the first one that no container registry would take
 */
export function references(images: readonly string[], tags: readonly string[]): string[] {
  const names = images.map(imageName)
  const result = tags.flatMap((tag) => {
    const separator = tag.lastIndexOf(':')
    if (separator > tag.lastIndexOf('/') && separator !== -1)
      return [`${imageName(tag.slice(0, separator))}:${validTag(tag.slice(separator + 1))}`]
    return names.map((name) => `${name}:${validTag(tag)}`)
  })
  return [...new Set(result)]
}

/** An image's name as registries take it: owners may be written in capitals elsewhere, never here. */
export function imageName(name: string): string {
  const lower = name.toLowerCase()
  if (!IMAGE_NAME.test(lower))
    throw new ImageReferenceError(
      `${JSON.stringify(name)} is not an image name: it must look like ghcr.io/acme/tailchat, without a tag or digest`,
    )
  return lower
}

function validTag(tag: string): string {
  if (!TAG.test(tag))
    throw new ImageReferenceError(
      `${JSON.stringify(tag)} is not a tag: at most 128 letters, digits, _, . and -, and neither . nor - first`,
    )
  return tag
}

/** What the event says about the build; the parts of it that tags come from. */
export interface TagSource {
  /** A full git ref such as `refs/heads/main` or `refs/tags/v1.2.3`; empty when unknown. */
  ref: string
  sha: string
  pullRequest?: number | undefined
}

/**
 * Tags for a build when none are given: a semantic version's tag gives `1.2.3`, `1.2` and `1` (a prerelease only
 * itself), a branch its name, a pull request `pr-N`; always `sha-…`. Never `latest`.
 */
export function deriveTags({ ref, sha, pullRequest }: TagSource): string[] {
  const tags: string[] = []
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? []
  if (pullRequest !== undefined) tags.push(`pr-${pullRequest}`)
  else if (kind === 'tags') append(tags, versionTags(name))
  // The branch of a merge queue is gone once it has been checked.
  else if (kind === 'heads' && !name.startsWith('gh-readonly-queue/')) tags.push(safeTag(name))
  if (sha) tags.push(`sha-${sha.slice(0, 12)}`)
  // A branch's name may hold no character that a tag may hold; and `latest` is only given when it is asked for.
  return [...new Set(tags)].filter((tag) => tag !== '' && tag !== 'latest')
}

function versionTags(name: string): string[] {
  const version =
    /^v?((0|[1-9]\d*)\.(0|[1-9]\d*)\.(?:0|[1-9]\d*))(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(name)
  if (!version) return [safeTag(name)]
  const [, full = '', major = '', minor = '', prerelease] = version
  return prerelease ? [`${full}${prerelease}`] : [full, `${major}.${minor}`, major]
}

function safeTag(name: string): string {
  return name
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 128)
}
