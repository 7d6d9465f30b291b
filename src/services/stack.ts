import { existsSync, realpathSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { isInside } from '../workspace/files.js'
import { layout } from '../workspace/layout.js'

const mount = z.looseObject({
  type: z.string(),
  source: z.string().optional(),
  target: z.string(),
})

const service = z.looseObject({
  image: z.string().optional(),
  build: z.looseObject({ context: z.string().optional(), dockerfile: z.string().optional() }).nullish(),
  volumes: z.array(mount).nullish(),
  network_mode: z.string().optional(),
})

const network = z.looseObject({ external: z.boolean().optional() }).nullable()

const model = z.looseObject({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), network).optional(),
  volumes: z.record(z.string(), z.unknown()).optional(),
})

/** A compose stack as `docker compose config --format json` gives it: one file, with everything filled in. */
export type StackModel = z.infer<typeof model>
type StackService = z.infer<typeof service>
type Mount = z.infer<typeof mount>

/**
 * Reads what `docker compose config` wrote.
 * @throws when that is no stack
 */
export function readStackModel(text: string): StackModel {
  const result = model.safeParse(JSON.parse(text))
  if (!result.success)
    throw new Error('docker compose did not write the stack in the shape that it documents')
  return result.data
}

/** What tells the application's service from the others of a stack. */
export interface Application {
  /** Absolute path of the repository, whose Dockerfile builds the image. */
  root: string
  /** Names under which the image is known; tags don't matter. */
  images: readonly string[]
}

/**
 * The services of a stack that run the application's image.
 * @param wanted one of them, by its name; empty: the image is recognised
 * @throws when there is no such service, or it can't be told
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

/** Where the image of a service comes from; services with the same origin run the same image. */
function originOf(service: StackService | undefined): string | undefined {
  const { image, build } = service ?? {}
  return (
    image ?? (build?.context && `built from ${join(build.context, build.dockerfile ?? layout.dockerfile)}`)
  )
}

/** `ghcr.io/acme/tailchat:main` → `ghcr.io/acme/tailchat`. */
function imageName(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
}

/** A stack that shares nothing with the machine, and what it therefore does without. */
export interface ThrowAwayStack {
  model: StackModel
  /** What is not mounted of the machine's files, `service:target`. */
  withoutMounts: string[]
}

/** What would collide with the real stack on this machine, or lead a router of the machine to this one. */
const NOT_OWN = ['container_name', 'ports', 'labels', 'network_mode', 'volumes', 'build']

/**
 * The stack with the built image in the application's services, and cut off from everything that may be there
 * already, since the machine may be the one that runs the real stack: names, ports, labels that a router obeys,
 * volumes and networks of others. Of the machine's files it sees those of the repository, which it can't change.
 * @param application names of the services that get the image
 * @param root absolute path of the repository, with its symbolic links resolved
 */
export function throwAwayStack(
  { services, networks = {}, volumes = {}, ...others }: StackModel,
  application: readonly string[],
  image: string,
  root: string,
): ThrowAwayStack {
  const withoutMounts: string[] = []
  const isolated = (name: string, service: StackService): StackService => {
    const { network_mode, build } = service
    const mounts = (service.volumes ?? []).map((mount) => ({ mount, own: isolatedMount(mount, root) }))
    for (const { mount, own } of mounts)
      if (own?.type !== mount.type) withoutMounts.push(`${name}:${mount.target}`)
    return {
      ...without(service, NOT_OWN),
      volumes: mounts.flatMap(({ own }) => own ?? []),
      ...(network_mode !== undefined && network_mode !== 'host' && { network_mode }),
      ...(application.includes(name) ? { image, pull_policy: 'never' } : build && { build }),
    }
  }
  const model = {
    ...without(others, ['name']),
    services: mapped(services, isolated),
    networks: mapped(networks, (_, network) => (network?.external ? {} : without(network ?? {}, ['name']))),
    volumes: mapped(volumes, () => ({})),
  }
  return { model, withoutMounts }
}

/** A mount that can be had without touching the machine's files; `undefined`: none. */
function isolatedMount(mount: Mount, root: string): Mount | undefined {
  if (mount.type !== 'bind') return mount
  const source = mount.source ?? ''
  const exists = existsSync(source)
  if (exists && isInside(root, realpathSync(source))) return { ...mount, read_only: true }
  // Data of the real stack, most likely; a file or a socket has nothing that could stand in for it.
  return !exists || statSync(source).isDirectory() ? { type: 'volume', target: mount.target } : undefined
}

function without<T extends object>(object: T, keys: readonly string[]): T {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) as T
}

function mapped<T, R>(record: Record<string, T>, change: (key: string, value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(key, value)]))
}
