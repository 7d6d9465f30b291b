import type { TextEdit } from '../lib/text-edits.js'
import { layout } from '../tailchat/layout.js'
import type { ServiceFile } from '../source/service.js'
import { collectionName, secretsIn } from '../source/source-facts.js'
import { positionAt } from '../lib/text.js'
import type { Plugin, Workspace } from '../workspace/types.js'
import { at, type RepositoryRule } from './types.js'
import type { Registration } from '../source/surface.js'

/** What a crash of one service means: server/packages/sdk/src/runner loads them all into one process. */
const ALL_DOWN = 'the process stops, and with it every plugin'

/** Rules about what a service registers and does while it is constructed. */
export const serviceSurfaceRules: RepositoryRule[] = [
  {
    id: 'service/init-throws',
    title: 'A service throws in onInit',
    why: 'onInit runs in the constructor: the process that loads plugins stops, and every plugin is down.',
    mend: 'Say what is missing with `console.warn` and return; the rest of the service then stays away, alone.',
    bad: "onInit() {\n  if (!process.env.MAIL_URL) throw new Error('MAIL_URL is not set')\n}",
    good: "onInit() {\n  if (!process.env.MAIL_URL) {\n    console.warn('MAIL_URL is not set')\n    return\n  }\n}",
    severity: 'warning',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { kind, offset } of service.surface.hazards)
          if (kind === 'throw')
            yield at(positionAt(service, offset), {
              plugin: plugin.name,
              message: `onInit throws here: ${ALL_DOWN}; warn with console.warn and return instead`,
            })
    },
  },
  {
    id: 'service/logger-in-init',
    title: 'A service uses its logger in onInit',
    why: 'The logger is made after onInit: it is undefined there, so the process that loads plugins stops, and every plugin is down.',
    mend: 'Use `console` in onInit, or move the line to onInited or onStart.',
    bad: "onInit() {\n  this.logger.info('ready')\n}",
    good: "onInited() {\n  this.logger.info('ready')\n}",
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { kind, offset } of service.surface.hazards)
          if (kind === 'logger')
            yield at(positionAt(service, offset), {
              plugin: plugin.name,
              message: `this.logger is undefined in onInit: ${ALL_DOWN}; use console here, or move this to onInited`,
            })
    },
  },
  {
    id: 'service/unknown-registration',
    title: 'A service calls a registration method that does not exist',
    why: 'The call throws in the constructor: the process that loads plugins stops, and every plugin is down.',
    mend: 'Use one of the methods of TcService, such as registerAction or registerEventListener.',
    bad: "this.registerActions('list', this.list)",
    good: "this.registerAction('list', this.list)",
    severity: 'error',
    *check({ workspace }) {
      const { serviceBase } = workspace
      // Without the SDK's own source its members are unknown.
      if (!serviceBase) return
      const known = new Set(serviceBase.text.match(/[\w$]+/g))
      for (const { plugin, service } of loadedServices(workspace))
        for (const { name, offset } of service.surface.unknownMethods)
          if (!known.has(name))
            yield at(positionAt(service, offset), {
              plugin: plugin.name,
              message: `neither the class nor TcService (${layout.serviceBase}) has a method ${name}: ${ALL_DOWN} once this runs`,
            })
    },
  },
  {
    id: 'service/unused-lifecycle',
    title: 'A service has a method started or stopped, which nothing calls',
    why: 'TcService hands moleculer its own onStart and onStop: the service loads, reads healthy, and does nothing.',
    mend: 'Name the method onStart or onStop.',
    bad: 'async started() {\n  await this.connect()\n}',
    good: 'async onStart() {\n  await this.connect()\n}',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { name, offset, fix } of service.surface.unusedMethods)
          yield at(positionAt(service, offset), {
            plugin: plugin.name,
            message: `the method is named ${name}, which is never called; TcService calls ${name === 'started' ? 'onStart' : 'onStop'}`,
            ...(fix && { fix: { edits: [fix] } }),
          })
    },
  },
  {
    id: 'service/field-reset',
    title: 'A field loses what onInit has set it to',
    why: 'onInit runs inside super(), and the class’s own fields are defined after that: a field with a value, or one that is only declared, is reset. The service loads and is listed, and its calls throw.',
    mend: 'Write `declare` in front of a field that has no value; take the value away from one that has; or set the field in onStart.',
    bad: 'private pipeline: Pipeline;\n\nonInit() {\n  this.pipeline = new Pipeline()\n}',
    good: 'private declare pipeline: Pipeline;\n\nonInit() {\n  this.pipeline = new Pipeline()\n}',
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { kind, name, offset, isDefinedOnly, fix } of service.surface.fieldFaults) {
          if (kind !== 'reset' && kind !== 'redeclared') continue
          if (isDefinedOnly && !workspace.compiler.definesFields) continue
          const value = isDefinedOnly ? 'undefined' : 'the value of its declaration'
          const mend = isDefinedOnly
            ? 'write `declare` in front of its declaration'
            : 'declare it without a value and with `declare`, or set it in onStart'
          yield at(positionAt(service, offset), {
            plugin: plugin.name,
            message:
              kind === 'reset'
                ? `${name} is set here and reset to ${value} right after: fields are defined when the constructor of TcService has returned, and onInit runs in there; ${mend}`
                : `this resets ${name}, which TcService has set, to undefined: fields are defined when its constructor has returned; ${mend}`,
            ...(fix && { fix: { edits: [fix] } }),
          })
        }
    },
  },
  {
    id: 'service/field-too-early',
    title: 'A service uses a field before it is there',
    why: 'onInit runs inside super(), before the class’s own fields have their values: what is read is undefined, and calling it stops the process with every plugin in it.',
    mend: 'Make a function that is a field a method, and a constant a `const` of the file; set anything else in onInit and declare it with `declare`.',
    bad: "private routes = new Map()\n\nonInit() {\n  this.routes.set('a', 'b')\n}",
    good: "private declare routes: Map<string, string>\n\nonInit() {\n  this.routes = new Map([['a', 'b']])\n}",
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { kind, name, offset, isFatal } of service.surface.fieldFaults) {
          const message =
            kind === 'too-early'
              ? `${name} is undefined here: fields get their values when the constructor of TcService has returned, and this runs in there${isFatal ? `; ${ALL_DOWN}` : ''}`
              : kind === 'private'
                ? `${name} is not there yet: private members come when the constructor of TcService has returned, and this runs in there; ${ALL_DOWN}`
                : kind === 'lifecycle'
                  ? `${name} is a field, which is set after TcService has looked for a method of that name: ${name === 'onInit' ? ALL_DOWN : 'it never runs'}; make it a method`
                  : undefined
          if (message !== undefined) yield at(positionAt(service, offset), { plugin: plugin.name, message })
        }
    },
  },
  {
    id: 'service/handler-undefined',
    title: 'A service registers a handler that is undefined',
    why: 'A function that is a field is set after onInit has run: the action is listed, and each call of it throws.',
    mend: 'Make the field a method.',
    bad: "private list = async (ctx) => []\n\nonInit() {\n  this.registerAction('list', this.list)\n}",
    good: "async list(ctx) {\n  return []\n}\n\nonInit() {\n  this.registerAction('list', this.list)\n}",
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { kind, name, offset, registered, method } of service.surface.fieldFaults)
          if (kind === 'handler')
            yield at(positionAt(service, offset), {
              plugin: plugin.name,
              message:
                `${name} is undefined here, since it is a field and gets its value after onInit: ${method === 'registerEventListener' ? `the event ${registered} is listened to, and each one` : `the action ${registered} is listed, and each call`} throws; make ${name} a method`.replace(
                  / {2}/g,
                  ' ',
                ),
            })
    },
  },
  {
    id: 'service/registered-too-late',
    title: 'A service registers something too late to have an effect',
    why: 'TcService hands moleculer what onInit has registered. What is registered later has no effect: the action answers 404, the event is not heard, and nothing says so.',
    mend: 'Move the registration to onInit, or to a method that onInit calls.',
    bad: "async onStart() {\n  this.registerAction('list', this.list)\n}",
    good: "onInit() {\n  this.registerAction('list', this.list)\n}",
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { method, name, literal, offset, why } of service.surface.lateRegistrations)
          yield at(positionAt(service, offset), {
            plugin: plugin.name,
            message: `${method}${literal ? ` of ${name}` : ''} is called ${why}: it has no effect; call it in onInit`,
          })
    },
  },
  {
    id: 'service/needs-environment',
    title: 'A service registers less without its environment variables',
    why: 'Without them /health lists the service all the same, and its actions answer 404.',
    mend: 'Set the variables where the service runs, and name them in the plugin’s README.',
    bad: 'A plugin whose README does not name what its onInit asks for',
    good: 'MAIL_URL in docker-compose.env, and in the plugin’s README',
    severity: 'notice',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace)) {
        const guarded = guardedRegistrations(service)
        if (guarded.length === 0) continue
        const first = guarded.reduce((least, { offset }) => Math.min(least, offset), Infinity)
        const variables = [...new Set(guarded.flatMap(({ environment }) => environment))].sort()
        const names = guarded.map(({ what, name }) => `${what} ${name}`)
        yield at(positionAt(service, first), {
          plugin: plugin.name,
          message: `what is registered depends on ${variables.join(', ')}: ${names.join(', ')}; without the values it asks for, /health lists the service all the same and these are missing`,
        })
      }
    },
  },
  {
    id: 'service/second-database',
    title: 'A service registers a second database collection',
    why: 'Only the first registerLocalDb counts: what the service stores goes into the wrong collection, or finds no adapter.',
    mend: 'Move what needs the second collection into a service of its own, or use its model directly.',
    bad: "this.registerLocalDb(require('../models/ticket').default)\nthis.registerLocalDb(require('../models/reply').default)",
    good: "this.registerLocalDb(require('../models/ticket').default)",
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace)) {
        const [first] = service.surface.collections
        for (const { repeated, name, offset } of service.surface.collections)
          if (repeated)
            yield at(positionAt(service, offset), {
              plugin: plugin.name,
              message: `registerLocalDb of ${name} is ignored: the service has ${first?.name} already, and a service has one collection`,
            })
      }
    },
  },
  {
    id: 'service/shared-collection',
    title: 'Two plugins store into the same collection',
    why: 'One process loads both: the model that is loaded first serves both plugins, and their records get mixed.',
    mend: 'Give one of the models another customName, such as one with the vendor’s name in it.',
    bad: "@modelOptions({ options: { customName: 'p_ticket' } }), in two plugins",
    good: "@modelOptions({ options: { customName: 'p_acme_ticket' } })",
    severity: 'warning',
    *check({ workspace }) {
      const first = new Map<string, { plugin: Plugin; file: string }>()
      for (const { plugin, service } of loadedServices(workspace))
        for (const collection of service.surface.collections) {
          const name = collectionName(plugin, service, collection)
          if (!name) continue
          const other = first.get(name.value)
          if (!other) first.set(name.value, { plugin, file: name.position.file })
          else if (other.plugin !== plugin)
            yield at(name.position, {
              plugin: plugin.name,
              message: `the collection is named ${JSON.stringify(name.value)}, as that of ${other.plugin.name} (${other.file}): both plugins get the model that is loaded first; name it after the vendor too`,
            })
        }
    },
  },
  {
    id: 'service/rest-route',
    title: 'An action of a plugin asks for a REST route of its own',
    why: 'The gateway cuts the action’s name at the colon of plugin:NAME: the route exists and answers 404.',
    mend: 'Leave `rest` out: the action answers at /api/plugin:NAME/ACTION by any method.',
    bad: "this.registerAction('list', this.list, { rest: 'GET /tickets' })",
    good: "this.registerAction('list', this.list)",
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { name, rest } of service.surface.actions) {
          if (!rest) continue
          const edit = removeProperty(service.text, rest.offset, rest.end)
          yield at(positionAt(service, rest.offset), {
            plugin: plugin.name,
            message: `the action ${name} has \`${oneLine(service.text.slice(rest.offset, rest.end))}\`: a plugin’s REST routes answer 404, as the gateway cuts names at their colon; without it the action answers at /api/${service.serviceName?.value ?? `plugin:${plugin.name}`}/${name}`,
            ...(edit && { fix: { edits: [edit] } }),
          })
        }
    },
  },
  {
    id: 'service/open-route-without-slash',
    title: 'A route that is opened without login does not begin with a slash',
    why: 'It is joined to the service’s name as it is: another route is opened, and the one that was meant stays 401.',
    mend: 'Begin the path with /.',
    bad: "this.registerAuthWhitelist(['webhook'])",
    good: "this.registerAuthWhitelist(['/webhook'])",
    severity: 'error',
    *check({ workspace }) {
      for (const { plugin, service } of loadedServices(workspace))
        for (const { name, literal, offset } of service.surface.openRoutes) {
          // A dot is as good: the gateway compares paths with their slashes made dots (server/lib/utils.ts).
          const beginning = literal ? name : name.replace(/^unknown$|\$\{[^]*$/, '')
          if (beginning === '' || /^[/.]/.test(beginning)) continue
          const own = service.serviceName?.value ?? `plugin:${plugin.name}`
          const quoted = /^['"`]/.test(service.text.slice(offset))
          yield at(positionAt(service, offset), {
            plugin: plugin.name,
            message: `the path ${JSON.stringify(name)} must begin with /: this opens ${own}${name}, and ${own}/${name} stays behind the login`,
            ...(quoted && { fix: { edits: [{ offset: offset + 1, length: 0, content: '/' }] } }),
          })
        }
    },
  },
  {
    id: 'service/development-only',
    title: 'All services of a plugin are for development only',
    why: 'The production server loads no *.service.dev.ts: there, the plugin has no services.',
    mend: 'Rename the file to X.service.ts, or declare `services: dev` for the plugin.',
    bad: 'server/plugins/com.acme.lab/services/lab.service.dev.ts, and nothing else',
    good: 'tailchat-plugins.yml: `com.acme.lab: { services: dev }`',
    severity: 'notice',
    *check({ desired }) {
      for (const { plugin, expectServices } of desired.plugins) {
        const [first] = plugin.services
        if (!first || !expectServices || plugin.services.some(({ loadedIn }) => loadedIn !== 'development'))
          continue
        yield {
          plugin: plugin.name,
          file: first.path,
          line: 1,
          column: 1,
          message: `the plugin has no service but *.service.dev.ts, which production never loads: rename the file when it is ready, or declare \`services: dev\``,
        }
      }
    },
  },
  {
    id: 'plugin/secret-in-source',
    title: 'A source file holds a secret',
    why: 'Whoever can read the repository or the image can use it; what is in a web part reaches every browser.',
    mend: 'Withdraw the secret where it was issued, and read its successor from the environment.',
    bad: 'const key = `-----BEGIN PRIVATE KEY-----…`',
    good: 'const key = process.env.SIGNING_KEY',
    severity: 'warning',
    *check({ workspace }) {
      for (const plugin of workspace.plugins)
        for (const file of plugin.sources)
          for (const { kind, position } of secretsIn(file))
            yield at(position, {
              plugin: plugin.name,
              message: `this reads like ${kind}, which everybody who gets the source can use: withdraw it, and read the next one from the environment`,
            })
    },
  },
]

/** The services that production loads. */
function loadedServices(workspace: Workspace): { plugin: Plugin; service: ServiceFile }[] {
  return workspace.plugins.flatMap((plugin) =>
    plugin.services
      .filter(({ loadedIn }) => loadedIn === 'production')
      .map((service) => ({ plugin, service })),
  )
}

/** What is registered behind a look at the environment, with a word for what it is. */
function guardedRegistrations({ surface }: ServiceFile): (Registration & { what: string })[] {
  const named = (what: string, list: readonly Registration[]) => list.map((each) => ({ ...each, what }))
  return [
    ...named('action', surface.actions),
    ...named('open route', surface.openRoutes),
    ...named('collection', surface.collections),
    ...named('event', surface.events),
    ...named('hook on', surface.hooks),
  ].filter(({ environment }) => environment.length > 0)
}

/** Takes a property out of an object, with its comma; `undefined` where what follows is not that simple. */
function removeProperty(text: string, start: number, end: number): TextEdit | undefined {
  const comma = /^\s*,/.exec(text.slice(end))?.[0]
  const lineStart = /(?:^|\n)[^\S\n]*$/.exec(text.slice(0, start))
  if (comma !== undefined) {
    const after = end + comma.length
    const restOfLine = /^[^\S\n]*\n/.exec(text.slice(after))?.[0]
    // A property that has its lines to itself takes them along.
    if (lineStart && restOfLine !== undefined) {
      const from = start - lineStart[0].replace(/^\n/, '').length
      return { offset: from, length: after + restOfLine.length - from, content: '' }
    }
    const space = /^[^\S\n]*/.exec(text.slice(after))?.[0].length ?? 0
    return { offset: start, length: after + space - start, content: '' }
  }
  if (!/^\s*\}/.test(text.slice(end))) return undefined
  // The last one takes along the comma before it, or the space when it is the only one.
  const before = /(?:,\s*|(?<=\{)\s*)$/.exec(text.slice(0, start))?.[0].length
  return before === undefined
    ? undefined
    : { offset: start - before, length: end - start + before, content: '' }
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}
