import type { ServiceFile } from '../source/service.js'
import { environmentOf } from '../source/source-facts.js'
import { type TextFile, compare } from '../lib/text.js'
import type { Plugin } from '../workspace/types.js'
import { whatCallGives, whatEventGives, whatHookGives } from './sensitive.js'
import type { Mention, Registration, ServiceSurface, SurfaceAction } from '../source/surface.js'

/** The kinds of privilege, in the order that suits a reviewer. */
const privilegeKinds = [
  /** Runs in browsers, with all that the page can do; `name` says in whose. */
  'browser',
  /** A host that its front end was seen to contact when it was loaded; only a deploy with a browser knows. */
  'host',
  /** A path that everyone may ask for, without login. */
  'open-route',
  /** The same, of a service that is not the plugin's own. */
  'foreign-route',
  /** An action of its own; `reach` says who can call it. */
  'action',
  /** Answers with a page of its own, on the origin of the application. */
  'raw-html',
  /** Calls actions as a user whom it names. */
  'identity',
  /** Calls an action of another service. */
  'call',
  /** Is called after an action, with what that was asked and what it answered. */
  'hook',
  'event',
  /** Reads an environment variable. */
  'environment',
  /** Something that its source does not tell; `name` says what. */
  'unknown',
] as const

export type PrivilegeKind = (typeof privilegeKinds)[number]

/** Who can call an action, from the fewest to the most. */
const REACHES = ['services', 'http', 'http and sockets'] as const

export type Reach = (typeof REACHES)[number]

/** One thing that a plugin can do, or that can be done to it. */
export interface Privilege {
  kind: PrivilegeKind
  /** A name as it is known outside of the plugin, such as `plugin:com.acme.audit.list`; `unknown` for what only running it can tell. */
  name: string
  reach?: Reach
  /** What it lets the plugin do, where that is more than its own business. */
  sensitive?: string
  /** Whether it has it only under a condition, such as a variable that is set. */
  conditional: boolean
  /** Where it stands; `undefined` for what is no one place. */
  at?: { file: TextFile; offset: number }
}

/** Returns everything that a plugin of this name may do, each privilege once, sorted. */
export function privilegesOf(plugins: readonly Plugin[], isBuiltin: boolean): Privilege[] {
  const all = plugins.flatMap((plugin) => [
    ...(plugin.web ? [browserPrivilege(isBuiltin)] : []),
    ...(plugin.kind === 'frontend' ? [] : serverPrivileges(plugin)),
  ])
  const unique = new Map<string, Privilege>()
  for (const privilege of all) {
    const known = unique.get(keyOf(privilege))
    unique.set(keyOf(privilege), known ? joined(known, privilege) : privilege)
  }
  return [...unique.values()].sort(byKindAndName)
}

/** Returns the key that two equal privileges share. */
export function keyOf({ kind, name }: Privilege): string {
  return `${kind} ${name}`
}

/** Whether the first reaches further than the second. */
export function reachesFurther(one: Privilege, other: Privilege): boolean {
  return REACHES.indexOf(one.reach ?? 'services') > REACHES.indexOf(other.reach ?? 'services')
}

/** Joins two registrations of the same privilege: the more open one counts. */
function joined(one: Privilege, other: Privilege): Privilege {
  const wider = reachesFurther(other, one) ? other : one
  return { ...wider, conditional: one.conditional && other.conditional }
}

function byKindAndName(a: Privilege, b: Privilege): number {
  return byKind(a, b) || compare(a.name, b.name)
}

/** Orders privileges as suits a reviewer. */
export function byKind(a: Pick<Privilege, 'kind'>, b: Pick<Privilege, 'kind'>): number {
  return privilegeKinds.indexOf(a.kind) - privilegeKinds.indexOf(b.kind)
}

function browserPrivilege(isBuiltin: boolean): Privilege {
  return {
    kind: 'browser',
    name: isBuiltin ? 'everyone' : 'who installs it',
    ...(isBuiltin && { sensitive: 'runs for everyone, without being installed' }),
    conditional: false,
  }
}

function serverPrivileges(plugin: Plugin): Privilege[] {
  const services = plugin.services.filter(({ loadedIn }) => loadedIn === 'production')
  return [
    ...services.flatMap((service) => [...registered(service), ...used(service, service.surface)]),
    ...plugin.helpers.flatMap((helper) => used(helper, helper.surface)),
    ...environmentOf(plugin).map((name) => ({ kind: 'environment' as const, name, conditional: false })),
  ]
}

function registered(service: ServiceFile): Privilege[] {
  const { surface } = service
  const own = service.serviceName?.value ?? 'unknown'
  const from = (kind: PrivilegeKind, name: string, { conditional, offset }: Registration): Privilege => ({
    kind,
    name,
    conditional,
    at: { file: service, offset },
  })
  return [
    ...surface.actions.map((action) => ({
      ...from('action', `${own}.${action.name}`, action),
      reach: reachOf(action),
    })),
    ...surface.openRoutes.map((route) => {
      // The gateway opens the name and the path as they are, one behind the other (docs/rules.md, service/open-route-without-slash).
      const isOwn = !route.literal || route.name.startsWith('/')
      return from(isOwn ? 'open-route' : 'foreign-route', `/${own}${route.name}`, route)
    }),
    ...surface.events.map((event) => withMeaning(from('event', event.name, event), whatEventGives)),
    ...surface.hooks.map((hook) => withMeaning(from('hook', hook.name, hook), whatHookGives)),
  ]
}

function used(file: TextFile, surface: ServiceSurface): Privilege[] {
  const from = (kind: PrivilegeKind, { name, offset }: Pick<Mention, 'name' | 'offset'>): Privilege => ({
    kind,
    name,
    conditional: false,
    at: { file, offset },
  })
  return [
    ...surface.foreignRoutes.map((route) => ({
      ...from('foreign-route', route),
      sensitive: 'opens routes of any service without login',
    })),
    ...surface.calls.map((call) => withMeaning(from('call', call), whatCallGives)),
    ...surface.identities.map((identity) => ({
      ...from('identity', identity),
      sensitive: identity.name === 'unknown' ? 'acts as a user whom it names' : 'acts as the system',
    })),
    ...surface.rawHtml.map((offset) => from('raw-html', { name: '__raw', offset })),
    ...surface.unknown.map((name) => ({ kind: 'unknown' as const, name, conditional: false })),
  ]
}

function withMeaning(privilege: Privilege, meaning: (name: string) => string | undefined): Privilege {
  const sensitive = meaning(privilege.name)
  return sensitive === undefined ? privilege : { ...privilege, sensitive }
}

/** What the source does not tell may be open: moleculer takes `published` for granted. */
function reachOf({ visibility, disableSocket }: SurfaceAction): Reach {
  if (visibility !== 'published' && visibility !== 'unknown') return 'services'
  return disableSocket === true ? 'http' : 'http and sockets'
}
