import { unique } from '../../lib/text.js'
import { type OfferedManifest, offeredManifests, ORIGIN, readPublicFile } from './site.js'

/** What an image offers to a user of its client. */
export interface Offer {
  /** The plugins that come out of the image. */
  manifests: OfferedManifest[]
  /** Names of plugins that come from another address. */
  hosted: string[]
  /** Every plugin that must evaluate, as far as it is known before the client is asked. */
  installed: string[]
  icons: { plugin: string; url: string }[]
}

/**
 * Reads what both plugin registry files of an image offer.
 * @param root the public directory of the image, with its symbolic links resolved
 * @param wanted plugins that must evaluate as well
 */
export function readOffer(root: string, wanted: readonly string[]): Offer {
  const offered = offeredManifests(root)
  const manifests = offered.filter((manifest) => isLocal(root, manifest))
  const hosted = offered.filter((manifest) => !manifests.includes(manifest)).map(({ name }) => name)
  return {
    manifests,
    hosted,
    installed: unique([
      ...manifests.map(({ name }) => name),
      ...wanted.filter((name) => !hosted.includes(name)),
    ]),
    icons: iconsOf(manifests),
  }
}

/** Whether a plugin comes out of the image, wherever the client thinks that its server is. */
function isLocal(root: string, { url }: OfferedManifest): boolean {
  const address = addressOf(url)
  return (
    address !== undefined &&
    (address.origin === ORIGIN ||
      (address.pathname.startsWith('/plugins/') && readPublicFile(root, address.pathname) !== undefined))
  )
}

function iconsOf(manifests: readonly OfferedManifest[]): Offer['icons'] {
  return manifests.flatMap(({ name, icon }) => {
    const address = icon === undefined || icon === '' ? undefined : addressOf(icon)
    return address?.origin === ORIGIN ? [{ plugin: name, url: address.href }] : []
  })
}

function addressOf(url: string): URL | undefined {
  const text = url.replace('{BACKEND}', ORIGIN)
  return URL.canParse(text, ORIGIN) ? new URL(text, ORIGIN) : undefined
}
