import { posix } from 'node:path'
import { nameOf } from '../formats/image-reference.js'
import { listed } from '../lib/wording.js'
import { nearest } from '../lib/nearest.js'
import { composeLoads, pluginOfService, serviceFiles, type ComposeLoad } from '../workspace/deployment.js'
import { layout } from '../tailchat/layout.js'
import { positionAt } from '../lib/text.js'
import type { Workspace } from '../workspace/types.js'
import { at, type Problem, type RepositoryRule } from './types.js'
import { filesOf, fromServer, splitPatterns, TOO_MANY_PATTERNS } from '../tailchat/service-loader.js'
import type { DeployedService, DeploymentFile, Variable, ValueSource } from '../workspace/container.js'

export const composeRules: RepositoryRule[] = [
  {
    id: 'compose/invalid',
    title: 'A compose file is not valid YAML',
    why: 'Compose refuses to start anything from it.',
    severity: 'error',
    mend: 'Mend the YAML at the place that the finding names.',
    bad: 'services:\n  service-core:\n    environment: [',
    good: 'services:\n  service-core:\n    environment: []',
    *check({ workspace: { deployment } }) {
      for (const { problem } of deployment?.files ?? [])
        if (problem)
          yield at(problem.position, {
            message: `not valid YAML: ${problem.message}; compose starts nothing from this file`,
          })
    },
  },
  {
    id: 'compose/plugins-not-loaded',
    title: 'No service of a compose file loads a plugin',
    why: 'The server starts without the plugin’s services and says nothing: every call of the plugin gets 404.',
    severity: 'warning',
    mend: 'Give one service `SERVICEDIR: plugins`, or all of them in one `SERVICEDIR: services,plugins`.',
    bad: `service-core:
  image: tailchat
  environment:
    SERVICEDIR: services`,
    good: `service-core:
  image: tailchat
  environment:
    SERVICEDIR: services
service-all-plugins:
  image: tailchat
  environment:
    SERVICEDIR: plugins`,
    *check({ workspace }) {
      // What a space hides is loaded once the space is gone: one finding is enough.
      if ([...serviceDirs(workspace)].some(({ value }) => directoryWithSpace(value) !== undefined)) return
      const owners = pluginOfService(workspace)
      for (const { loads, all } of stacks(workspace)) {
        const [first] = loads
        const names = [
          ...new Set([...owners].filter(([path]) => !all.has(path)).map(([, name]) => name)),
        ].sort()
        if (!first || names.length === 0) continue
        const none = [...owners.keys()].every((path) => !all.has(path))
        const found = loads.map(({ service, reason }) => `${service.name}: ${reason}`).join('; ')
        yield at(first.service.position, {
          message: none
            ? `no ${whatIsIn(first.file)} loads server/plugins (${found}): give one SERVICEDIR=plugins, or none of the ${owners.size} plugin services runs`
            : `no ${whatIsIn(first.file)} loads services of ${names.join(', ')} (${found}): give one SERVICEDIR=plugins, or name them in SERVICES`,
        })
      }
    },
  },
  {
    id: 'compose/service-dir-space',
    title: 'SERVICEDIR has a space next to a comma',
    why: 'The server splits it at the comma and takes the space for a part of the directory’s name: there is no such directory, and nothing of it is loaded.',
    severity: 'error',
    mend: 'Write the directories without spaces; sync with fix does.',
    bad: 'SERVICEDIR: services, plugins',
    good: 'SERVICEDIR: services,plugins',
    *check({ workspace }) {
      for (const { value, source } of serviceDirs(workspace)) {
        const wrong = directoryWithSpace(value)
        if (wrong === undefined) continue
        const raw = source.file.text.slice(source.start, source.end)
        const trimmed = value.split(',').map((directory) => directory.trim())
        yield at(positionAt(source.file, source.start), {
          message: `SERVICEDIR is ${JSON.stringify(value)}, and no directory is named ${JSON.stringify(wrong)}: write ${trimmed.join(',')}, or nothing of it is loaded`,
          // The spaces inside quotes go with those at a comma.
          fix: {
            edits: [
              {
                offset: source.start,
                length: raw.length,
                content: withTrimmedItems(raw),
              },
            ],
          },
        })
      }
    },
  },
  {
    id: 'compose/service-dir-missing',
    title: 'SERVICEDIR names a directory that is not in server/',
    why: 'The server skips a directory that does not exist, and says nothing: its services do not run.',
    severity: 'warning',
    mend: 'Name directories of server/, such as services and plugins.',
    bad: 'SERVICEDIR: services,plugin',
    good: 'SERVICEDIR: services,plugins',
    *check({ workspace }) {
      // What else the server's directory holds comes with the base image, and is not known here.
      if (workspace.pluginsOnly) return
      const names = workspace.deployment?.serverDirectories ?? []
      for (const { value, source } of serviceDirs(workspace)) {
        for (const directory of value.split(',')) {
          const [first = ''] = posix.normalize(directory.trim()).split('/')
          // What lies outside of the server's directory, or is mounted there, is not in the repository.
          if (['', '.', '..', ...names].includes(first)) continue
          const near = nearest(first, names)
          const start = startOfItem(source, directory.trim()) ?? source.start
          yield at(positionAt(source.file, start), {
            message: `SERVICEDIR names ${JSON.stringify(directory.trim())}, and there is no server/${first}${near ? ` (did you mean ${near}?)` : ''}: the server skips it without a word`,
          })
        }
      }
    },
  },
  {
    id: 'compose/services-without-match',
    title: 'A pattern of SERVICES matches no service',
    why: 'Patterns are relative to SERVICEDIR: one that matches nothing there is a line in the log, and the service does not run.',
    severity: 'warning',
    mend: 'Write patterns relative to SERVICEDIR: `../plugins/…` where SERVICEDIR is services.',
    bad: `SERVICEDIR: services
SERVICES: core/*,plugins/com.acme.tickets/*.service.js`,
    good: `SERVICEDIR: services
SERVICES: core/*,../plugins/com.acme.tickets/*.service.js`,
    *check({ workspace }) {
      const { deployment, pluginsOnly } = workspace
      // The server's own services come with the base image there.
      if (!deployment || pluginsOnly) return
      const tree = serviceFiles(workspace, deployment)
      for (const { service, reason } of composeLoads(workspace)) {
        if (reason === TOO_MANY_PATTERNS) continue
        const { serviceDir, services } = service
        if (service.runs === 'other' || services.is !== 'known' || serviceDir.is === 'unknown') continue
        const directory = serviceDir.is === 'known' ? serviceDir.value : ''
        const directories = directory.split(',')
        for (const pattern of splitPatterns(services.value)) {
          if (pattern === '' || /^(!|npm:|\/)/.test(pattern)) continue
          if (directories.some((each) => filesOf(each, pattern, tree).length > 0)) continue
          yield withoutMatch(services.source, pattern, { directory, tree })
        }
      }
    },
  },
  {
    id: 'compose/core-service-not-loaded',
    title: 'No service of a compose file loads a core service',
    why: 'It was added to server/services/core and not to SERVICES: whatever calls it fails with "Service is not found".',
    severity: 'warning',
    mend: 'Add it to SERVICES of the service that runs the core, or let SERVICEDIR take in the whole directory.',
    bad: `# server/services/core has gateway.service.ts and config.service.ts
SERVICES: core/gateway`,
    good: `# server/services/core has gateway.service.ts and config.service.ts
SERVICES: core/gateway,core/config`,
    *check({ workspace }) {
      const core = `${fromServer(layout.coreServices)}/`
      const files = workspace.deployment?.serverServices.filter((file) => file.startsWith(core)) ?? []
      for (const { loads, all } of stacks(workspace)) {
        const missing = files.filter((file) => !all.has(file))
        const runner = loads.find((each) => files.some((file) => each.loads?.has(file)))
        // A file without core services runs together with another one.
        const source = runner && sourceOf(runner.service.services)
        if (!source || missing.length === 0) continue
        yield at(positionAt(source.file, source.start), {
          message: `no ${whatIsIn(runner.file)} loads ${missing.map((file) => file.replace(/\.service\.js$/, '')).join(', ')}: add ${missing.length === 1 ? 'it' : 'them'} to SERVICES of ${runner.service.name}, or whatever calls ${missing.length === 1 ? 'it' : 'them'} fails`,
        })
      }
    },
  },
  {
    id: 'compose/transporter-differs',
    title: 'Services of one compose file use different transporters',
    why: 'They do not see each other: the plugins run, and neither /health nor the gateway knows them.',
    severity: 'warning',
    mend: 'Give all of them the same TRANSPORTER, best in the env file that they share.',
    bad: `service-core:
  environment:
    TRANSPORTER: redis://redis:6379
service-all-plugins:
  environment:
    TRANSPORTER: nats://nats:4222`,
    good: `service-core:
  env_file: docker-compose.env   # TRANSPORTER=redis://redis:6379
service-all-plugins:
  env_file: docker-compose.env`,
    *check({ workspace: { deployment } }) {
      for (const services of startedTogether(deployment)) {
        const servers = services.filter(({ runs }) => runs === 'server')
        const [first, ...others] = servers.filter(({ transporter }) => transporter.is !== 'unknown')
        if (!first) continue
        for (const other of others) {
          const [expected, found] = [shown(first.transporter), shown(other.transporter)]
          if (expected === found) continue
          const source = sourceOf(other.transporter)
          yield at(source ? positionAt(source.file, source.start) : other.position, {
            message: `TRANSPORTER of ${other.name} is ${found}, and ${expected} of ${first.name}: make them equal, or the two do not see each other’s services`,
          })
        }
      }
    },
  },
  {
    id: 'compose/volume-hides-plugins',
    title: 'A volume is mounted over what the image brings',
    why: 'What is mounted hides what the image has there: a named volume keeps the files of the first image that filled it, so new plugins and new bundles never arrive.',
    severity: 'warning',
    mend: 'Mount nothing over server/dist, server/plugins or the client; data belongs into the database and the file storage.',
    bad: `service-all-plugins:
  image: tailchat
  volumes:
    - plugins:/app/tailchat/server/dist/plugins`,
    good: `service-all-plugins:
  image: tailchat`,
    *check({ workspace: { deployment } }) {
      for (const { services } of deployment?.files ?? [])
        for (const { name, runs, mounts } of services)
          for (const { target, position } of runs === 'other' ? [] : mounts)
            if (HIDES.test(posix.normalize(target)))
              yield at(position, {
                message: `${name} mounts something over ${target}, which hides what the image has there: take it out, or new plugins never arrive`,
              })
    },
  },
  {
    id: 'compose/image-versions-differ',
    title: 'Services of one stack run different versions of the same image',
    why: 'A deploy of one of them leaves the others on old code: the gateway serves one version of a plugin, and its service is of another.',
    severity: 'warning',
    mend: 'Give all of them the same tag, best by one variable.',
    bad: `service-core:
  image: ghcr.io/acme/tailchat:1.4
service-all-plugins:
  image: ghcr.io/acme/tailchat:1.3`,
    good: `service-core:
  image: ghcr.io/acme/tailchat:1.4
service-all-plugins:
  image: ghcr.io/acme/tailchat:1.4`,
    *check({ workspace: { deployment } }) {
      for (const services of startedTogether(deployment)) {
        const images = services.flatMap(({ name, image }) =>
          image && !image.text.includes('$') ? { name, ...image } : [],
        )
        for (const [index, other] of images.entries()) {
          const first = images.find(({ text }) => nameOf(text) === nameOf(other.text))
          if (
            !first ||
            first.text === other.text ||
            images.findIndex(({ text }) => text === other.text) < index
          )
            continue
          yield at(other.position, {
            message: `${other.name} runs ${other.text}, and ${first.name} runs ${first.text}: give both the same version`,
          })
        }
      }
    },
  },
  {
    id: 'compose/tracing-breaks-requests',
    title: 'The Node.js of the image breaks tracing, and tracing is on',
    why: 'moleculer before 0.14.25 measures time in a way that Node.js 20 and later refuse: every request ends with status 500.',
    severity: 'warning',
    mend: 'Set `DISABLE_TRACING=1` in the Dockerfile or where the image is run, or build on Node.js 18.',
    bad: 'FROM node:20-alpine',
    good: `FROM node:20-alpine
ENV DISABLE_TRACING=1`,
    *check({ workspace: { deployment, runtime } }) {
      const { base, moleculer, setsTracing } = runtime
      if (
        !base ||
        setsTracing ||
        !isRecentNode(base.image) ||
        !/^0\.14\.(?:1?\d|2[0-4])$/.test(moleculer ?? '')
      )
        return
      const servers =
        deployment?.files.flatMap(({ services }) => services.filter(({ runs }) => runs === 'server')) ?? []
      const without = servers.filter(
        ({ disableTracing }) =>
          disableTracing.is === 'unset' ||
          (disableTracing.is === 'known' && !/^(?:1|true)$/.test(disableTracing.value)),
      )
      if (servers.length > 0 && without.length === 0) return
      const where = without.length > 0 ? ` of ${listed([...new Set(without.map(({ name }) => name))])}` : ''
      yield at(base.position, {
        message: `${base.image} has Node.js 20 or later, where the tracing of moleculer ${moleculer} answers every request with status 500: set DISABLE_TRACING=1 in the environment${where}`,
      })
    },
  },
]

function whatIsIn({ kind }: DeploymentFile): string {
  return kind === 'compose' ? 'service of this file' : 'container of these manifests'
}

/** Directories of the image that a deploy changes: the server, its plugins, what the gateway serves. */
const HIDES =
  /(?:^|\/)(?:tailchat|server|server\/(?:dist|dist\/public|public)|server\/(?:plugins|dist\/plugins|dist\/services|(?:dist\/)?public\/plugins)(?:\/.*)?|server\/dist\/public\/registry(?:-be)?\.json)\/?$/

/** Whether an image of Node.js certainly holds version 20 or later. */
function isRecentNode(image: string): boolean {
  const [, tag] = /(?:^|\/)node(?::([\w.-]+))?(?:@.*)?$/.exec(image) ?? []
  if (!/(?:^|\/)node(?=[:@]|$)/.test(image)) return false
  const major = /^\d+/.exec(tag ?? '')?.[0]
  return major === undefined
    ? /^(?:latest|lts|current|(?:lts-)?(?:iron|jod|krypton)|alpine|slim|bookworm|trixie)?(?:$|-)/.test(
        tag ?? '',
      ) && !/hydrogen|gallium|fermium/.test(tag ?? '')
    : Number(major) >= 20
}

/** The services of each stack: of one compose file, or of the manifests in one directory. */
function startedTogether(deployment: Workspace['deployment']): DeployedService[][] {
  const stacks = new Map<string, DeployedService[]>()
  for (const { stack, services } of deployment?.files ?? [])
    stacks.set(stack, [...(stacks.get(stack) ?? []), ...services])
  return [...stacks.values()]
}

/** Returns the compose files that are complete and fully known: only there is a service certainly not loaded. */
function stacks(workspace: Workspace): { loads: ComposeLoad[]; all: ReadonlySet<string> }[] {
  const everything = composeLoads(workspace)
  const files = workspace.deployment?.files ?? []
  return [...new Set(files.map(({ stack }) => stack))].flatMap((stack) => {
    const loads = everything.filter((each) => each.file.stack === stack && each.service.runs !== 'other')
    if (loads.length === 0 || loads.some((each) => each.file.isPartial || !each.loads)) return []
    return [{ loads, all: new Set(loads.flatMap((each) => [...(each.loads ?? [])])) }]
  })
}

/** Every SERVICEDIR that is written down, each place once: services share env files. */
function serviceDirs({ deployment }: Workspace): { value: string; source: ValueSource }[] {
  const variables: (Variable | undefined)[] = [
    ...(deployment?.files ?? []).flatMap(({ services }) => services.map(({ serviceDir }) => serviceDir)),
    ...(deployment?.envFiles ?? []).map((file) => file.variables.get('SERVICEDIR')),
  ]
  const places = new Map<string, { value: string; source: ValueSource }>()
  for (const variable of variables)
    if (variable?.is === 'known')
      places.set(`${variable.source.start} ${variable.source.file.path}`, variable)
  return [...places.values()]
}

function withoutMatch(
  source: ValueSource,
  pattern: string,
  { directory, tree }: { directory: string; tree: readonly string[] },
): Problem {
  const start = startOfItem(source, pattern)
  const position = positionAt(source.file, start ?? source.start)
  const where =
    directory === ''
      ? 'server/dist'
      : directory
          .split(',')
          .map((each) => `server/dist/${each}`)
          .join(', ')
  const better = `../${pattern}`
  // One directory, one level deep: from there the root of the tree is one step up, and nowhere else.
  const isOneStep = /^[\w-]+$/.test(directory) && filesOf(directory, better, tree).length > 0
  if (isOneStep)
    return at(position, {
      message: `SERVICES has ${JSON.stringify(pattern)}, which is looked for in ${where} and not found: write ${JSON.stringify(better)}, or it is not loaded`,
      ...(start !== undefined && {
        fix: { edits: [{ offset: start, length: pattern.length, content: better }] },
      }),
    })
  const prefix = directory === '' ? '' : `${posix.normalize(directory)}/`
  const known = tree.flatMap((file) =>
    file.startsWith(prefix) ? [file.slice(prefix.length).replace(/\.service\.js$/, '')] : [],
  )
  const near = nearest(pattern, known)
  return at(position, {
    message: `SERVICES has ${JSON.stringify(pattern)}, which matches no service in ${where}${near ? ` (did you mean ${near}?)` : ''}: it is not loaded`,
  })
}

/** A list with commas, quoted or not, without the spaces around its items. */
function withTrimmedItems(raw: string): string {
  const quote = /^["']/.exec(raw)?.[0] ?? ''
  const items = raw.slice(quote.length, raw.length - quote.length).split(',')
  return quote + items.map((item) => item.trim()).join(',') + quote
}

/** Where each item of a list with commas is written; one in which escapes stand is not found. */
const knownItems = new WeakMap<ValueSource, ReadonlyMap<string, number>>()

function startOfItem(source: ValueSource, item: string): number | undefined {
  const items = knownItems.get(source) ?? itemsOf(source)
  knownItems.set(source, items)
  return items.get(item)
}

function itemsOf({ file, start, end }: ValueSource): ReadonlyMap<string, number> {
  const items = new Map<string, number>()
  let offset = start
  for (const part of file.text.slice(start, end).split(',')) {
    let [first, last] = [0, part.length]
    while (first < last && /[\s'"]/.test(part[first] ?? '')) first++
    while (first < last && /[\s'"]/.test(part[last - 1] ?? '')) last--
    const item = part.slice(first, last)
    if (!items.has(item)) items.set(item, offset + first)
    offset += part.length + 1
  }
  return items
}

function sourceOf(variable: Variable): ValueSource | undefined {
  return variable.is === 'known' ? variable.source : undefined
}

function shown(variable: Variable): string {
  return variable.is === 'known' ? JSON.stringify(variable.value) : 'not set'
}

function directoryWithSpace(serviceDir: string): string | undefined {
  return serviceDir.split(',').find((directory) => directory !== directory.trim())
}
