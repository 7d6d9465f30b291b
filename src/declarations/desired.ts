import type { Plugin, Workspace } from '../workspace/types.js'
import type { Declarations, Offer } from './types.js'

/** The three lists that can offer a plugin: registry.json, builtin.ts, and the `plugin:install` list. */
export type Place = 'registry' | 'builtin' | 'install'

/** What holds for one plugin today. */
export interface PluginRegistration {
  registry: boolean
  install: boolean
  builtin: 'no' | 'conditional' | 'yes'
}

/** One plugin with what holds for it and what is wanted. */
export interface PluginState {
  plugin: Plugin
  today: PluginRegistration
  /** A name that the plugin had before, which is no plugin any more: its entries count as this one's. */
  renamedFrom: string | undefined
  /** Whether its entries are kept equal to its manifest. */
  refresh: boolean
  /** What each list should say; equal to `today` where nothing else was asked for. */
  wanted: PluginRegistration
  /** The declaration that asked for it, where there is one. */
  declared: boolean
  /** Whether its production services are expected in the image. */
  expectServices: boolean
  /** `offer` as it stands after applying `wanted`, for the report. */
  offer: Offer
}

/** What is wanted of every plugin in the tree. */
export interface DesiredState {
  declarations: Declarations
  plugins: PluginState[]
  /** Whether the image holds plugins of its base as well as these. */
  pluginsOnly: boolean
}

/**
 * Joins the tree and the declarations.
 * @param undeclared `offer`: a plugin that is neither registered nor declared gets its kind's usual place
 */
export function desiredState(
  workspace: Workspace,
  declarations: Declarations,
  undeclared: 'report' | 'offer',
): DesiredState {
  const registrationOf = registrationsIn(workspace)
  const plugins = workspace.plugins.map((plugin): PluginState => {
    const declaration = declarations.plugins.get(plugin.name)
    const oldName = plugin.web && declaration?.renamedFrom
    const isTaken = oldName !== undefined && workspace.plugins.some(({ name }) => name === oldName)
    const renamedFrom = isTaken ? undefined : oldName
    const today = registrationOf(plugin, renamedFrom)
    const offerNow = undeclared === 'offer' && !declaration && canBeOffered(plugin) && !isOffered(today)
    const offer: Offer[] | undefined = offerNow ? ['registry'] : declaration?.offer
    const wanted = offer && plugin.web ? registrationFor(plugin, offer, today) : today
    return {
      plugin,
      // Without registration files, what the image lists follows from what is wanted.
      today: workspace.pluginsOnly ? { ...wanted, builtin: 'no' } : today,
      renamedFrom,
      refresh: plugin.web !== undefined && declaration?.refresh === true,
      wanted,
      declared: declaration !== undefined,
      expectServices: declaration?.services !== 'dev',
      offer: offerOf(plugin, wanted),
    }
  })
  return { declarations, plugins, pluginsOnly: workspace.pluginsOnly }
}

/** Gives where a plugin is listed today, under its name or the one that it had before. */
export function registrationsIn(
  workspace: Workspace,
): (plugin: Plugin, renamedFrom?: string) => PluginRegistration {
  const registry = new Set(workspace.registry?.entries.map(({ name }) => name))
  const installed = new Set(workspace.installLists.flatMap(({ names }) => names.map(({ name }) => name)))
  const builtin = new Map<string, 'conditional' | 'yes'>()
  const list = workspace.builtin?.list
  for (const { name, conditional } of list?.understood ? list.entries : [])
    if (name !== undefined && builtin.get(name) !== 'yes')
      builtin.set(name, conditional ? 'conditional' : 'yes')
  return ({ name, kind }, renamedFrom) => {
    const names = renamedFrom === undefined ? [name] : [name, renamedFrom]
    const entries = names.map((each) => builtin.get(each))
    return {
      registry: names.some((each) => registry.has(each)),
      install: kind === 'fullstack' && [...names, 'all'].some((each) => installed.has(each)),
      builtin: entries.includes('yes') ? 'yes' : entries.includes('conditional') ? 'conditional' : 'no',
    }
  }
}

/** Whether any list offers the plugin. */
export function isOffered(registration: PluginRegistration): boolean {
  return registration.registry || registration.install || registration.builtin !== 'no'
}

/**
 * Whether offering the plugin without being asked makes sense: it has a browser side with a manifest, and where
 * it stands under server/plugins a service that production loads. This is the rule that the maintainers' own
 * install list follows (it leaves out plugins whose services are for development only).
 */
export function canBeOffered(plugin: Plugin): boolean {
  if (!plugin.web?.manifest) return false
  return plugin.kind === 'frontend' || plugin.services.some(({ loadedIn }) => loadedIn === 'production')
}

/** The lists that an offer means for a plugin of this kind (see the table in docs/declarations.md). */
function registrationFor(plugin: Plugin, offer: Offer[], today: PluginRegistration): PluginRegistration {
  if (offer.includes('hidden')) return { registry: false, install: false, builtin: 'no' }
  const fullstack = plugin.kind === 'fullstack'
  return {
    registry: !fullstack && offer.includes('registry'),
    install: fullstack,
    // An entry behind a condition counts as builtin, and stays whatever else is asked for.
    builtin: today.builtin === 'conditional' ? 'conditional' : offer.includes('builtin') ? 'yes' : 'no',
  }
}

/** One word for the report; a plugin that only a conditional entry offers counts as builtin. */
function offerOf(plugin: Plugin, registration: PluginRegistration): Offer {
  if (registration.builtin === 'yes') return 'builtin'
  if (plugin.kind === 'fullstack' ? registration.install : registration.registry) return 'registry'
  return registration.builtin === 'conditional' ? 'builtin' : 'hidden'
}
