import type { LoadProof } from '../proof/compare.js'
import type { ExposureDifference } from '../proof/exposure.js'
import { positionAt } from '../lib/text.js'
import type { Problem, Rule } from './types.js'

/** Rules about what the built image loads. */
export const proofRules: Rule<LoadProof>[] = [
  {
    id: 'proof/service-missing',
    title: 'The image does not load a service that the source declares',
    why: 'The plugin’s calls get 404; and a service that throws while it is constructed stops the process, so every plugin is down.',
    severity: 'error',
    mend: 'The message says how loading failed: mend that, or declare `services: dev` if production does without.',
    bad: `class Tickets extends TcService {
  onInit() {
    this.logger.info('up') // there is no logger yet: this throws
  }
}`,
    good: `class Tickets extends TcService {
  onStart() {
    this.logger.info('up')
  }
}`,
    *check({ expected, rows }) {
      for (const row of rows) {
        if (!row.expected || row.loaded !== false) continue
        const source = expected.find(({ file }) => file === row.file)
        yield {
          ...(row.plugin && { plugin: row.plugin }),
          file: row.file ?? '',
          ...(source?.line && { line: source.line }),
          message: `the image does not load ${row.name}: ${row.reason}`,
        }
      }
    },
  },
  {
    id: 'proof/service-unexpected',
    title: 'The image holds a service that no source file declares',
    why: 'It comes from an older build or from outside the repository, and it runs in production all the same.',
    severity: 'warning',
    mend: 'Build from a clean checkout; a service of a base image needs its source in the repository.',
    bad: 'server/dist/plugins/com.acme.gone/services/gone.service.js',
    good: 'server/plugins/com.acme.tickets/services/tickets.service.ts',
    *check({ rows }) {
      for (const row of rows)
        if (!row.expected && row.loaded && !row.plugin)
          yield {
            file: row.file ?? '',
            message: `the image loads ${row.name}, which is not expected: ${row.reason}`,
          }
    },
  },
  {
    id: 'proof/service-crashes',
    title: 'The image holds an unexpected service that cannot be constructed',
    why: 'The server loads it all the same, and the process that loads plugins dies with it: every plugin is down.',
    severity: 'error',
    mend: 'Remove the file, or name it `*.service.dev.ts` if it is for development.',
    bad: 'lab.service.ts, declared `services: dev`, that throws without a token',
    good: 'lab.service.dev.ts',
    *check({ rows }) {
      for (const row of rows)
        if (!row.expected && row.cause === 'threw')
          yield {
            ...(row.plugin && { plugin: row.plugin }),
            file: row.file ?? '',
            message: `${row.name} is not expected, but the server loads every *.service.js and dies at this one: ${row.reason}`,
          }
    },
  },
  {
    id: 'proof/action-not-in-source',
    title: 'A loaded service offers an action that its source does not register',
    why: 'What was reviewed is not what runs: the image was built from something else, or the action comes from code outside of the service.',
    severity: 'warning',
    mend: 'Build from a clean checkout; if other code registers the action on purpose, register it in the service’s own file.',
    bad: 'debug.dump in the image, which tickets.service.ts does not have',
    good: "this.registerAction('dump', this.dump)",
    *check({ differences }) {
      for (const each of differences)
        if (each.kind === 'not-in-source')
          yield atSource(
            each,
            `the image’s ${nameOf(each)} has the action ${each.action.name} (${openTo(each.action.visibility)}), which this file does not register`,
          )
    },
  },
  {
    id: 'proof/action-not-loaded',
    title: 'A loaded service lacks an action that its source always registers',
    why: '/health lists the service all the same, and calls of the action get 404.',
    severity: 'warning',
    mend: 'Build from a clean checkout; look for code that takes the action away, or a second registration of its name.',
    bad: "this.registerAction('list', this.list)\nthis.settings = undefined // and an image without list",
    good: "this.registerAction('list', this.list)",
    *check({ differences }) {
      for (const each of differences)
        if (each.kind === 'not-loaded')
          yield atSource(
            each,
            `the image’s ${nameOf(each)} has no action ${each.action}, which is registered here: calls of it get 404`,
          )
    },
  },
  {
    id: 'proof/action-opened',
    title: 'A loaded action is open to others than its source says',
    why: '`public` is for services only; anything published can be called by everybody who is logged in, over HTTP and sockets.',
    severity: 'warning',
    mend: 'Build from a clean checkout, so that the image has what was reviewed.',
    bad: "`visibility: 'public'` in the source, `published` in the image",
    good: "`visibility: 'public'` in both",
    *check({ differences }) {
      for (const each of differences)
        if (each.kind === 'differs')
          yield atSource(
            each,
            `the source says ${each.source} of the action ${each.action}; the image’s ${nameOf(each)} has it ${each.loaded} (${openTo(each.loaded)})`,
          )
    },
  },
  {
    id: 'proof/event-not-in-source',
    title: 'A loaded service listens to an event that its source does not name',
    why: 'What was reviewed is not what runs: the image was built from something else, or the listener comes from code outside of the service.',
    severity: 'warning',
    mend: 'Build from a clean checkout; if other code registers the listener on purpose, register it in the service’s own file.',
    bad: 'chat.message.updateMessage in the image, which tickets.service.ts does not listen to',
    good: "this.registerEventListener('chat.message.updateMessage', (payload) => this.index(payload))",
    *check({ differences }) {
      for (const each of differences)
        if (each.kind === 'event-not-in-source')
          yield atSource(
            each,
            `the image’s ${nameOf(each)} listens to the event ${each.event}, which this file does not`,
          )
    },
  },
  {
    id: 'proof/event-not-loaded',
    title: 'A loaded service does not listen to an event that its source always listens to',
    why: '/health lists the service all the same, and it never hears of what happens.',
    severity: 'warning',
    mend: 'Build from a clean checkout; look for code that takes the listener away.',
    bad: "this.registerEventListener('chat.message.updateMessage', f) // and an image without it",
    good: "this.registerEventListener('chat.message.updateMessage', f)",
    *check({ differences }) {
      for (const each of differences)
        if (each.kind === 'event-not-loaded')
          yield atSource(
            each,
            `the image’s ${nameOf(each)} does not listen to the event ${each.event}, as it should by this line`,
          )
    },
  },
  {
    id: 'proof/handler-undefined',
    title: 'A loaded service has registered a handler that is no function',
    why: 'The action is listed and /health is content, and each call throws.',
    severity: 'error',
    mend: 'Give it a function: a method, not a field, since a field is set after onInit has run.',
    bad: "private list = async (ctx) => []\n\nonInit() {\n  this.registerAction('list', this.list)\n}",
    good: "async list(ctx) {\n  return []\n}\n\nonInit() {\n  this.registerAction('list', this.list)\n}",
    *check({ differences }) {
      for (const each of differences)
        if (each.kind === 'undefined-handler')
          yield atSource(
            each,
            `the image’s ${nameOf(each)} has the ${each.of} ${each.name} without a function behind it: ${each.of === 'action' ? 'each call' : 'each event'} throws`,
          )
    },
  },
  {
    id: 'proof/registrations-switched-off',
    title: 'A loaded service lacks what an environment variable guards',
    why: '/health lists the service all the same, and the actions answer 404 until the variable is set.',
    severity: 'warning',
    foreseenBy: 'service/needs-environment',
    mend: 'Set the variables where the service runs, such as in docker-compose.env; accept the finding where they are set elsewhere.',
    bad: 'A service behind `if (!process.env.MAIL_URL) return`, and no MAIL_URL',
    good: 'MAIL_URL in docker-compose.env',
    *check({ differences }) {
      for (const each of differences)
        if (each.kind === 'switched-off')
          yield atSource(
            each,
            `${nameOf(each)} loads with ${each.loadedActions} of its ${each.allActions} actions: ${each.names.join(', ')} need ${each.environment.join(', ')}, which no compose or env file of the repository sets where it runs`,
          )
    },
  },
]

function atSource({ service, offset }: ExposureDifference, message: string): Problem {
  return {
    ...(offset === undefined ? { file: service.file } : positionAt(service.source, offset)),
    plugin: service.plugin,
    message,
  }
}

function nameOf({ service }: ExposureDifference): string {
  return service.name ?? service.compiled
}

function openTo(visibility: string): string {
  return visibility.startsWith('published') ? 'open to everybody who is logged in' : 'for services only'
}
