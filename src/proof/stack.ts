import { existsSync, realpathSync, statSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import { z } from 'zod'
import { isInside } from '../lib/files.js'
import { nameOf } from '../formats/image-reference.js'
import { layout } from '../tailchat/layout.js'

const mount = z.looseObject({
  type: z.string(),
  source: z.string().optional(),
  target: z.string(),
})

/** A service's use of a secret or a config. */
const grant = z.looseObject({ source: z.string(), target: z.string().optional() })
const grants = z.array(grant).nullish()

const service = z.looseObject({
  image: z.string().optional(),
  build: z
    .looseObject({ context: z.string().optional(), dockerfile: z.string().optional(), secrets: grants })
    .nullish(),
  volumes: z.array(mount).nullish(),
  volumes_from: z.array(z.string()).nullish(),
  secrets: grants,
  configs: grants,
  /** People may write a list of names; compose always writes an object. */
  networks: z
    .record(z.string(), z.looseObject({ aliases: z.array(z.string()).nullish() }).nullable())
    .nullish(),
})

/** A secret or a config of the stack. */
const content = z.looseObject({ file: z.string().optional(), external: z.boolean().optional() })

const model = z.looseObject({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.unknown()).optional(),
  volumes: z.record(z.string(), z.unknown()).optional(),
  secrets: z.record(z.string(), content).optional(),
  configs: z.record(z.string(), content).optional(),
})

/** A compose stack in the form of `docker compose config --format json`: one file, with everything filled in. */
export type StackModel = z.infer<typeof model>
type StackService = z.infer<typeof service>
type Mount = z.infer<typeof mount>
type Grant = z.infer<typeof grant>
type Content = z.infer<typeof content>

/**
 * Reads the output of `docker compose config`.
 * @throws when it is not a stack
 */
export function readStackModel(text: string): StackModel {
  const result = model.safeParse(JSON.parse(text))
  if (!result.success)
    throw new Error('docker compose did not write the stack in the shape that it documents')
  return result.data
}

/** How to recognise the application's services in a stack. */
export interface Application {
  /** Absolute path of the repository, whose Dockerfile builds the image. */
  root: string
  /** Names under which the image is known; tags don't matter. */
  images: readonly string[]
}

/**
 * Returns the services of a stack that run the application's image.
 * @param wanted the name of one of them; empty: the image is recognised
 * @throws when there is no such service, or it is ambiguous
 */
export function applicationServices(
  { services }: StackModel,
  wanted: string,
  application: Application,
): string[] {
  const names = Object.keys(services).sort()
  const origins = wanted === '' ? recognisedOrigins(services, application) : [originOf(services[wanted])]
  const [origin] = origins
  if (origin !== undefined && origins.length === 1)
    return names.filter((name) => originOf(services[name]) === origin)
  const list = names.map((name) => `${name} (${originOf(services[name]) ?? 'no image'})`).join(', ')
  throw new Error(
    wanted === ''
      ? `which service carries the built image cannot be told: set boot-service to one of ${list}`
      : `boot-service: the stack has no service ${JSON.stringify(wanted)} with an image; it has ${list}`,
  )
}

/** The images of the stack that may be the application's, by the surest sign that any of them has. */
function recognisedOrigins(services: StackModel['services'], { root, images }: Application): string[] {
  const signs: ((service: StackService) => boolean)[] = [
    ({ image }) => image !== undefined && images.map(imageName).includes(imageName(image)),
    ({ build }) =>
      build?.context !== undefined &&
      relative(root, build.context) === '' &&
      (build.dockerfile ?? layout.dockerfile) === layout.dockerfile,
    ({ image }) => image !== undefined && /tailchat/i.test(imageName(image)),
  ]
  for (const sign of signs) {
    const found = Object.values(services).filter(sign).map(originOf)
    if (found.length > 0) return [...new Set(found)].filter((origin) => origin !== undefined)
  }
  return []
}

/** Returns where the image of a service comes from; services with the same origin run the same image. */
function originOf(service: StackService | undefined): string | undefined {
  const { image, build } = service ?? {}
  return (
    image ?? (build?.context && `built from ${join(build.context, build.dockerfile ?? layout.dockerfile)}`)
  )
}

/** `ghcr.io/acme/tailchat:main` → `ghcr.io/acme/tailchat`. */
function imageName(reference: string): string {
  return nameOf(reference)
}

/** A stack that shares nothing with the machine, and the mounts that it lacks for that. */
interface ThrowAwayStack {
  model: StackModel
  /** The files of the repository to copy into its containers before they start, those of directories first. */
  copies: StackCopy[]
  /** The mounts of the machine's files that were left out, as `service:target`. */
  withoutMounts: string[]
  /** Services whose `read_only` is left out, since files could not be copied into them otherwise. */
  madeWritable: string[]
}

/** What a container gets of the repository instead of a mount, which an engine on another machine could not make. */
export interface StackCopy {
  service: string
  /** Absolute path, with its symbolic links resolved. */
  source: string
  /** Absolute path in the container; that of a directory is an empty volume. */
  target: string
  isDirectory: boolean
}

/**
 * Settings that could collide with the real stack on this machine or join it, lead a router of the machine to this
 * stack, or keep its logs from being read.
 */
const NOT_OWN = [
  'container_name',
  'ports',
  'labels',
  'external_links',
  'cgroup_parent',
  'use_api_socket',
  'logging',
]

/** Settings by which a container shares something with others or with the machine. */
const NAMESPACES = ['network_mode', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup']

/** Values that share nothing with the machine or with containers outside of the stack. */
const OWN_NAMESPACE = /^(service:.*|none|private|shareable)$/

/** Settings that give a built image a name which may be in use on the machine, or write to a shared cache. */
const NOT_OWN_OF_BUILD = ['tags', 'cache_to']

/**
 * Returns the stack with the built image in the application's services, isolated from everything on the machine, which
 * may be the one that runs the real stack: names, ports, labels that a router obeys, volumes, networks, namespaces and
 * image names. No network leads out, since its services may have the address of a real database. It gets copies of the
 * repository's files, and nothing else of the machine.
 * @param application names of the services that get the image
 * @param root absolute path of the repository, with its symbolic links resolved
 */
export function throwAwayStack(
  { services, networks = {}, volumes = {}, secrets = {}, configs = {}, ...others }: StackModel,
  { application, image, root }: { application: readonly string[]; image: string; root: string },
): ThrowAwayStack {
  const withoutMounts: string[] = []
  const madeWritable: string[] = []
  const copies: StackCopy[] = []
  const ownSecrets = ownContents(secrets, root)
  const ownConfigs = ownContents(configs, root)
  const isolated = (name: string, service: StackService): StackService => {
    const { build, volumes_from, secrets, configs, networks } = service
    const granted = (grants: readonly Grant[], own: Record<string, Content>): Grant[] => {
      for (const { source, target } of grants)
        if (!(source in own)) withoutMounts.push(`${name}:${target ?? source}`)
      return grants.filter(({ source }) => source in own)
    }
    const grantedSecrets = granted(secrets ?? [], ownSecrets)
    const grantedConfigs = granted(configs ?? [], ownConfigs)
    const mounts = [
      ...(service.volumes ?? []),
      // Compose mounts them where they are files.
      ...filesOf(grantedSecrets, ownSecrets, '/run/secrets'),
      ...filesOf(grantedConfigs, ownConfigs, '/'),
    ].map((mount) => ({ mount, ...isolatedMount(mount, root) }))
    for (const { mount, own, copied } of mounts)
      if (copied) copies.push({ service: name, ...copied })
      else if (own?.type !== mount.type) withoutMounts.push(`${name}:${mount.target}`)
    const origin = (): Partial<StackService> => {
      if (application.includes(name)) return { image, pull_policy: 'never' }
      if (!build) return { image: service.image }
      return {
        build: {
          ...without(build, NOT_OWN_OF_BUILD),
          ...(build.secrets && { secrets: granted(build.secrets, ownSecrets) }),
        },
      }
    }
    // A container with a root file system of this kind takes no files, before it starts either.
    const readOnly =
      service['read_only'] === true && mounts.some(({ copied }) => copied?.isDirectory === false)
    if (readOnly) madeWritable.push(name)
    return {
      ...withoutForeignNamespaces(
        without(service, [...NOT_OWN, 'image', 'build', ...(readOnly ? ['read_only'] : [])]),
      ),
      ...origin(),
      volumes: mounts.flatMap(({ own }) => own ?? []),
      ...(volumes_from && { volumes_from: volumes_from.filter((from) => !from.startsWith('container:')) }),
      ...(secrets && { secrets: withoutFiles(grantedSecrets, ownSecrets) }),
      ...(configs && { configs: withoutFiles(grantedConfigs, ownConfigs) }),
      // A fixed address belongs to a network of the real stack.
      ...(networks && {
        networks: mapped(networks, (_, own) => (own?.aliases ? { aliases: own.aliases } : null)),
      }),
    }
  }
  const model = {
    ...without(others, ['name']),
    services: mapped(services, isolated),
    // Services whose own network is left out use the default one.
    networks: mapped({ default: null, ...networks }, () => ({ internal: true })),
    volumes: mapped(volumes, () => ({})),
    secrets: ownSecrets,
    configs: ownConfigs,
  }
  return { model, copies: copies.sort(byDepth), withoutMounts, madeWritable }
}

/** Orders directories first, and nested ones after their parents: a copy may go into a volume that another one fills. */
function byDepth(a: StackCopy, b: StackCopy): number {
  return Number(b.isDirectory) - Number(a.isDirectory) || a.target.length - b.target.length
}

/** The files among secrets or configs, as mounts. */
function filesOf(grants: readonly Grant[], own: Record<string, Content>, directory: string): Mount[] {
  return grants.flatMap(({ source, target = source }) => {
    const file = own[source]?.file
    return file === undefined
      ? []
      : [{ type: 'bind', source: file, target: posix.resolve(directory, target) }]
  })
}

function withoutFiles(grants: readonly Grant[], own: Record<string, Content>): Grant[] {
  return grants.filter(({ source }) => own[source]?.file === undefined)
}

function withoutForeignNamespaces(service: StackService): StackService {
  const foreign = NAMESPACES.filter((key) => key in service && !OWN_NAMESPACE.test(String(service[key])))
  return without(service, foreign)
}

/** Returns the secrets or configs that need no file of the machine outside of the repository. */
function ownContents(contents: Record<string, Content>, root: string): Record<string, Content> {
  const isOwn = ({ file, external }: Content): boolean =>
    !external && (file === undefined || (existsSync(file) && isInside(root, realpathSync(file))))
  return Object.fromEntries(
    Object.entries(contents)
      .filter(([, content]) => isOwn(content))
      .map(([key, content]) => [key, without(content, ['name'])]),
  )
}

/** A mount in a form that does not touch the machine's files; without `own` it is left out. */
interface IsolatedMount {
  own?: Mount
  /** What is copied from the repository instead. */
  copied?: Omit<StackCopy, 'service'>
}

function isolatedMount(mount: Mount, root: string): IsolatedMount {
  if (mount.type !== 'bind') return { own: mount }
  const { source = '', target } = mount
  const empty = { type: 'volume', target }
  if (!existsSync(source)) return { own: empty }
  const real = realpathSync(source)
  const stat = statSync(real)
  if (isInside(root, real) && stat.isDirectory())
    return {
      own: { ...empty, volume: { nocopy: true } },
      copied: { source: real, target, isDirectory: true },
    }
  if (isInside(root, real) && stat.isFile()) return { copied: { source: real, target, isDirectory: false } }
  // A directory holds most likely data of the real stack; a file or a socket can't be replaced.
  return stat.isDirectory() ? { own: empty } : {}
}

function without<T extends object>(object: T, keys: readonly string[]): T {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) as T
}

function mapped<T, R>(record: Record<string, T>, change: (key: string, value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]))
}
