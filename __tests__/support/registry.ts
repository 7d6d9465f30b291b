import { createHash, randomUUID } from 'node:crypto'

/**
 * The container registry of the end-to-end tests, asked without any of the code under test. These tests need it, and
 * a Docker engine with buildx. Without them they fail: a deploy that nobody tried is not a tested one.
 */
export const HOST = process.env['E2E_REGISTRY'] ?? '127.0.0.1:5000'

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/** @throws when no container registry is there */
export async function answers(): Promise<void> {
  const answer = await fetch(`http://${HOST}/v2/`).catch(() => undefined)
  if (!answer?.ok) throw new Error(`no container registry answers at ${HOST}`)
}

/** The name of an image that nobody has pushed yet. */
export function newImage(host = HOST): string {
  return `${host}/e2e/tailchat-${randomUUID()}`
}

/** Asks for a path below the image's own, such as `manifests/live`. */
function ask(image: string, path: string): Promise<Response> {
  const url = `http://${HOST}/v2/${image.slice(image.indexOf('/') + 1)}/${path}`
  return fetch(url, { headers: { accept: MANIFEST_TYPES } })
}

/** The digest of a tag or digest, as the container registry serves it; `undefined` when it has none. */
export async function digestOf(image: string, reference: string): Promise<string | undefined> {
  const response = await ask(image, `manifests/${reference}`)
  return response.ok ? (response.headers.get('docker-content-digest') ?? undefined) : undefined
}

/** Points a tag at a digest, as another run of somebody else would. */
export async function pointTag(image: string, tag: string, digest: string): Promise<void> {
  const manifest = await ask(image, `manifests/${digest}`)
  const response = await fetch(manifest.url.replace(/[^/]+$/, tag), {
    method: 'PUT',
    headers: { 'content-type': manifest.headers.get('content-type') ?? '' },
    body: await manifest.text(),
  })
  if (!response.ok) throw new Error(`${tag} was not moved: ${response.status}`)
}

/** The tags of an image. */
export async function tagsOf(image: string): Promise<string[]> {
  const response = await ask(image, 'tags/list')
  if (!response.ok) return []
  return (((await response.json()) as { tags: string[] | null }).tags ?? []).sort()
}

interface Manifest {
  config?: { digest: string }
  layers?: { digest: string }[]
  manifests?: { digest: string; platform: { os: string; architecture: string } }[]
}

/** The content of a blob. */
export async function blobOf(image: string, digest: string): Promise<Buffer> {
  return Buffer.from(await (await ask(image, `blobs/${digest}`)).arrayBuffer())
}

/** What an image consists of: the text of each manifest and configuration, and the digests of the layers. */
export async function partsOf(
  image: string,
  reference: string,
): Promise<{ texts: string[]; layers: string[] }> {
  const text = await (await ask(image, `manifests/${reference}`)).text()
  const { config, layers = [], manifests = [] } = JSON.parse(text) as Manifest
  const texts = config ? [text, String(await blobOf(image, config.digest))] : [text]
  const below = await Promise.all(manifests.map(({ digest }) => partsOf(image, digest)))
  return {
    texts: [...texts, ...below.flatMap((each) => each.texts)],
    layers: [...layers.map(({ digest }) => digest), ...below.flatMap((each) => each.layers)],
  }
}

/**
 * Gives a tag to an index of an image and a copy of it that says it is for linux/arm64: a base image for two platforms,
 * where nothing of the second can run. What is put on it can still be built, as long as nothing has to be run for that.
 */
export async function tagForTwoPlatforms(image: string, reference: string, tag: string): Promise<void> {
  const url = `http://${HOST}/v2/${image.slice(image.indexOf('/') + 1)}`
  const put = async (path: string, type: string, body: string): Promise<void> => {
    const response = await fetch(`${url}/${path}`, { method: 'PUT', headers: { 'content-type': type }, body })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  }
  const index = (await (await ask(image, `manifests/${reference}`)).json()) as Manifest
  const digest = index.manifests?.[0]?.digest ?? reference
  const response = await ask(image, `manifests/${digest}`)
  const type = response.headers.get('content-type') ?? ''
  const text = await response.text()
  const manifest = JSON.parse(text) as { config: { digest: string; size: number } }
  const config = JSON.parse(String(await blobOf(image, manifest.config.digest))) as object
  const otherConfig = JSON.stringify({ ...config, architecture: 'arm64' })
  const upload = await fetch(`${url}/blobs/uploads/`, { method: 'POST' })
  const location = new URL(upload.headers.get('location') ?? '')
  location.searchParams.set('digest', digestOfText(otherConfig))
  await fetch(location, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: otherConfig,
  })
  const other = JSON.stringify({
    ...manifest,
    config: { ...manifest.config, digest: digestOfText(otherConfig), size: otherConfig.length },
  })
  await put(`manifests/${digestOfText(other)}`, type, other)
  const indexType = 'application/vnd.oci.image.index.v1+json'
  const entry = (of: string, architecture: string) => ({
    mediaType: type,
    digest: digestOfText(of),
    size: of.length,
    platform: { os: 'linux', architecture },
  })
  const both = {
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [entry(text, 'amd64'), entry(other, 'arm64')],
  }
  await put(`manifests/${tag}`, indexType, JSON.stringify(both))
}

function digestOfText(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** `os/architecture` of everything that an index holds. */
export async function platformsOf(image: string, reference: string): Promise<string[]> {
  const index = (await (await ask(image, `manifests/${reference}`)).json()) as Manifest
  return (index.manifests ?? []).map(({ platform }) => `${platform.os}/${platform.architecture}`).sort()
}

/** The labels of the first image of an index, or of the one image that there is. */
export async function labelsOf(image: string, reference: string): Promise<Record<string, string>> {
  let manifest = (await (await ask(image, `manifests/${reference}`)).json()) as Manifest
  const platform = manifest.manifests?.find((each) => each.platform.os === 'linux')
  if (platform) manifest = (await (await ask(image, `manifests/${platform.digest}`)).json()) as Manifest
  const blob = (await (await ask(image, `blobs/${manifest.config?.digest}`)).json()) as {
    config: { Labels?: Record<string, string> }
  }
  return blob.config.Labels ?? {}
}
