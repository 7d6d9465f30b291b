import { type BaseImage, REVISION_LABEL } from './base.js'
import { SOURCES_LABEL } from './sources.js'
import { listed } from '../lib/wording.js'
import type { Changes } from './changes.js'

/** All that decides how an image is built. */
export interface StrategyFacts {
  asked: 'auto' | 'full' | 'overlay'
  /** Whether the repository holds plugins and no Tailchat to build. */
  pluginsOnly: boolean
  /** `undefined`: base-image is not set. */
  base: BaseImage | { missing: string } | undefined
  /** Wanted; empty: that of the builder. */
  platforms: readonly string[]
  /** Since the commit of the base image. */
  changes: Changes | { unknown: string }
  /** Plugins that are to be built in and have no entry in a file of this repository. */
  builtinWanted: readonly string[]
}

/** How an image is built, and why, in a sentence for the report. */
export type Strategy =
  | { strategy: 'full'; reason: string }
  | {
      strategy: 'overlay'
      reason: string
      base: BaseImage
      /** Names of the plugins to rebuild; `undefined`: every plugin. */
      changed: readonly string[] | undefined
    }

/**
 * Chooses between the repository's own Dockerfile and an overlay.
 * @throws when what was asked for would not give the image that the repository describes, with what to do
 */
export function decideStrategy(facts: StrategyFacts): Strategy {
  if (facts.asked === 'full') {
    if (facts.pluginsOnly)
      throw new Error(
        'strategy full builds with the Dockerfile of a Tailchat repository, and this one holds plugins only: set base-image, and strategy to overlay or auto',
      )
    return { strategy: 'full', reason: 'it was asked for' }
  }
  const { base } = facts
  const obstacle = obstacleTo(facts)
  if (base && 'reference' in base && obstacle === undefined)
    return { strategy: 'overlay', base, changed: changedPlugins(facts), reason: reasonFor(facts, base) }
  if (facts.asked === 'overlay' || facts.pluginsOnly)
    throw new Error(
      `an overlay can't be built: ${obstacle}${facts.pluginsOnly ? '' : '; use strategy: full'}`,
    )
  return { strategy: 'full', reason: obstacle ?? 'base-image is not set' }
}

/** Why no overlay can or, where that is to be found out, should be built. */
function obstacleTo({ asked, pluginsOnly, base, platforms, changes, builtinWanted }: StrategyFacts) {
  if (!base) return 'base-image is not set'
  if ('missing' in base) return base.missing
  const lacking = platforms.filter((platform) => !base.platforms.some((each) => isPlatform(each, platform)))
  if (lacking.length > 0)
    return `${base.reference} is for ${base.platforms.join(', ')}, and not for ${lacking.join(', ')}`
  if (builtinWanted.length > 0)
    return `${listed(builtinWanted)} would have to be built into the web client, which an overlay leaves as it is: declare \`offer: registry\``
  if (pluginsOnly) return undefined
  if ('unknown' in changes)
    return asked === 'auto'
      ? `what changed since ${base.reference} is unknown: ${changes.unknown}`
      : undefined
  if (changes.builtin.length > 0)
    return `the built-in entries of the web client changed since the base image (${listed(changes.builtin)}), and they are compiled into it`
  if (changes.native.length > 0)
    return `${listed(changes.native)} came since the base image and is made for one platform, or when it is installed`
  if (asked === 'auto' && changes.beside.length > 0)
    return `more than plugins changed since the base image: ${listed(changes.beside)}`
  return undefined
}

function changedPlugins({ pluginsOnly, changes }: StrategyFacts): readonly string[] | undefined {
  return pluginsOnly || 'unknown' in changes ? undefined : changes.plugins
}

function reasonFor({ asked, pluginsOnly, changes }: StrategyFacts, base: BaseImage): string {
  const on = `on ${base.reference}`
  if (pluginsOnly) return `${on}: this repository holds plugins only`
  if ('unknown' in changes) return `${on}, with every plugin rebuilt: ${changes.unknown}`
  const built = changes.plugins.length > 0 ? listed(changes.plugins) : 'no plugin'
  const trusted = base.labels[SOURCES_LABEL]
    ? ''
    : `; that the image was built from the commit in its label ${REVISION_LABEL} is taken on trust, since it has no label ${SOURCES_LABEL}`
  if (asked === 'auto') return `${on}: nothing but plugins changed since (${built})${trusted}`
  const left = changes.beside.length > 0 ? `; the image keeps the base image’s ${listed(changes.beside)}` : ''
  return `${on}: changed since is ${built}${left}${trusted}`
}

/** `linux/arm64` is there as `linux/arm64/v8` too. */
function isPlatform(given: string, wanted: string): boolean {
  return given === wanted || given.startsWith(`${wanted}/`) || wanted.startsWith(`${given}/`)
}
