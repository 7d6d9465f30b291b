import { type BaseImage, REVISION_LABEL } from './base.js'
import { SOURCES_LABEL } from './sources.js'
import { listed } from '../lib/wording.js'
import type { Changes } from './changes.js'

/** The facts that decide how an image is built. */
export interface StrategyFacts {
  asked: 'auto' | 'full' | 'overlay'
  /** Whether the repository holds plugins and no Tailchat to build. */
  pluginsOnly: boolean
  /** `undefined`: base-image is not set. */
  base: BaseImage | { missing: string } | undefined
  /** The wanted platforms; empty: that of the builder. */
  platforms: readonly string[]
  /** Since the commit of the base image. */
  changes: Changes | { unknown: string }
  /** Plugins that should be built in, but have no entry in a file of this repository. */
  builtinWanted: readonly string[]
}

/** How an image is built, with the reason for the report. */
export type Strategy =
  | { strategy: 'full'; reason: string }
  | {
      strategy: 'overlay'
      reason: string
      base: BaseImage
      /** Names of the plugins to rebuild; `undefined`: every plugin. */
      changed: readonly string[] | undefined
      /** Names of the plugins that a node of its own loads; absent: the image is one of Tailchat. */
      node?: readonly string[]
    }

/**
 * Chooses between the repository's own Dockerfile and an overlay.
 * @throws when the wanted strategy would not give the image that the repository describes, with what to do
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

/** Returns why an overlay can't be built or, with `auto`, should not be. */
function obstacleTo({ asked, pluginsOnly, base, platforms, changes, builtinWanted }: StrategyFacts) {
  if (!base) return 'base-image is not set'
  if ('missing' in base) return base.missing
  const lacking = platforms.filter((platform) => !base.platforms.some((each) => isPlatform(each, platform)))
  if (lacking.length > 0)
    return `${base.reference} is for ${base.platforms.join(', ')}, and not for ${lacking.join(', ')}`
  if (builtinWanted.length > 0)
    return `${listed(builtinWanted)} would have to be built into the web client, which an overlay does not change: declare \`offer: registry\``
  if (pluginsOnly) return undefined
  if ('unknown' in changes)
    return asked === 'auto'
      ? `what changed since ${base.reference} is unknown: ${changes.unknown}`
      : undefined
  if (changes.builtin.length > 0)
    return `the built-in entries of the web client changed since the base image (${listed(changes.builtin)}), and they are compiled into it`
  if (changes.native.length > 0)
    return `added since the base image, and compiled during installation or made for one platform: ${listed(changes.native)}`
  if (asked === 'auto' && changes.elsewhere.length > 0)
    return `files outside of plugins changed since the base image: ${listed(changes.elsewhere)}`
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
    : `; the commit in the label ${REVISION_LABEL} is taken on trust, since the image has no label ${SOURCES_LABEL}`
  if (asked === 'auto') return `${on}: only plugins changed since (${built})${trusted}`
  const left =
    changes.elsewhere.length > 0
      ? `; these stay as the base image has them: ${listed(changes.elsewhere)}`
      : ''
  return `${on}: since then ${built} changed${left}${trusted}`
}

/** Tells whether one platform serves for another: `linux/arm64/v8` does for `linux/arm64`. */
function isPlatform(given: string, wanted: string): boolean {
  return given === wanted || given.startsWith(`${wanted}/`) || wanted.startsWith(`${given}/`)
}
