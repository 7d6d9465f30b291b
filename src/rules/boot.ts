import {
  type Asked,
  availablePath,
  bundlePath,
  describeAnswer,
  isBundleOf,
  isJsonList,
} from '../tailchat/gateway.js'
import { type BootProof, endedContainers, endOf, lastWords } from '../proof/boot-compare.js'
import type { Rule } from './types.js'

/** What the rules about a booted stack look at. */
export interface BootSubject extends BootProof {
  offered: readonly OfferedBundle[]
  /** The paths of the plugin registry files that the gateway was asked for. */
  registries: readonly string[]
  /** The services that were asked for /available. */
  available: readonly string[]
}

/** A plugin whose bundle the gateway was asked for. */
export interface OfferedBundle {
  plugin: string
  /** Where a problem of it is shown. */
  file: string
}

/** Returns why a path has no answer: what was not seen is not proven. */
function silence(path: string, { unanswered }: Asked): string {
  const reason = unanswered.find((each) => each.path === path)?.reason
  return `the gateway gave no answer to ${path}: ${reason ?? 'it was not asked'}`
}

/** Rules about what a running stack of the built image answers. */
export const bootRules: Rule<BootSubject>[] = [
  {
    id: 'boot/gateway-silent',
    title: 'The gateway of the stack does not answer /health',
    why: 'Tailchat does not come up: no one could log in.',
    severity: 'error',
    mend: 'The last lines of the containers are in the report: look there. With 500 on Node.js 20, set DISABLE_TRACING=1.',
    bad: 'SERVICES: core/user/*.service.js # in every container',
    good: 'SERVICES: core/gateway,core/user/*.service.js',
    *check({ file, result: { listed, instead, failure }, timeoutSeconds }) {
      if (listed || failure) return
      yield {
        file,
        message: `no container of the stack answered /health with its services within ${timeoutSeconds} s${instead === undefined ? '' : ` (the last one: ${instead})`}`,
      }
    },
  },
  {
    id: 'boot/container-died',
    title: 'A container of the built image does not keep running',
    why: 'Everything that it should load is missing, and with `restart` it ends again and again.',
    severity: 'error',
    mend: 'Its last lines are in the report: mend what they say.',
    bad: "async onStart() {\n  throw new Error('no token')\n}",
    good: "async onStart() {\n  if (!token) this.logger.warn('no token: nothing is sent')\n}",
    *check({ file, result }) {
      for (const container of endedContainers(result)) {
        const words = lastWords(result.logs.get(container.id) ?? [])
        yield { file, message: `the container ${endOf(container)}${words && `: ${words}`}` }
      }
    },
  },
  {
    id: 'boot/service-missing',
    title: 'The gateway of the running stack does not list a service that the image loads',
    why: 'Calls of the plugin get 404, though its code is in the image.',
    severity: 'error',
    mend: 'The message says the cause as far as it can be known; docs/deploy.md explains each.',
    bad: 'SERVICEDIR=services # in every container',
    good: 'SERVICEDIR: plugins # in one of them',
    *check({ awaited, missing }) {
      for (const { name, plugin, file, reason } of missing) {
        const line = awaited.find((each) => each.file === file)?.line
        yield {
          ...(plugin !== undefined && { plugin }),
          file: file ?? '',
          ...(line !== undefined && { line }),
          message: `the running stack lacks ${name}: ${reason}`,
        }
      }
    },
  },
  {
    id: 'boot/bundle-not-served',
    title: 'The gateway does not serve the bundle of a plugin that it offers',
    why: 'A path that is not there is answered with 200 and a page of HTML, and the client waits in vain.',
    severity: 'error',
    mend: 'Look whether server/dist/public/plugins in the image has the bundle, and whether a volume hides it.',
    bad: 'GET /plugins/com.acme.tickets/index.js → 200 text/html',
    good: "GET /plugins/com.acme.tickets/index.js → 200 application/javascript, definePlugin('@plugins/com.acme.tickets', …)",
    *check({ offered, result }) {
      if (!result.listed) return
      for (const { plugin, file } of offered) {
        const path = bundlePath(plugin)
        const answer = result.answers.find((each) => each.path === path)
        if (!answer) yield { plugin, file, message: silence(path, result) }
        if (!answer || isBundleOf(plugin, answer)) continue
        yield {
          plugin,
          file,
          message: `the gateway answers ${answer.path} with ${describeAnswer(answer)} ${answer.defines === undefined ? 'that defines no plugin' : `that defines ${JSON.stringify(answer.defines)}`}; it must be JavaScript that defines "@plugins/${plugin}"`,
        }
      }
    },
  },
  {
    id: 'boot/registry-not-served',
    title: 'The gateway does not serve a plugin registry as a list in JSON',
    why: 'The client spreads whatever it gets into its list: nothing is offered, or single characters.',
    severity: 'error',
    mend: 'Look whether server/dist/public in the image has the file, and whether a volume hides it.',
    bad: 'GET /registry-be.json → 200 text/html',
    good: 'GET /registry-be.json → 200 application/json',
    *check({ file, registries, result }) {
      if (!result.listed) return
      for (const path of registries) {
        const answer = result.answers.find((each) => each.path === path)
        if (!answer) yield { file, message: silence(path, result) }
        else if (!isJsonList(answer))
          yield {
            file,
            message: `the gateway answers ${answer.path} with ${describeAnswer(answer)}; it must be a list in JSON`,
          }
      }
    },
  },
  {
    id: 'boot/not-available',
    title: 'A service of the plugin node does not answer /available through the gateway',
    why: 'It is listed, and what the plugin’s front end asks it first does not get there: the plugin hides itself.',
    severity: 'error',
    mend: 'Look at the log of the node’s container; with 401, the service has not told the gateway that the route is open.',
    bad: 'GET /api/plugin:com.acme.tickets/available → 504',
    good: 'GET /api/plugin:com.acme.tickets/available → 200',
    *check({ file, available, awaited, result }) {
      if (!result.listed) return
      for (const service of available) {
        const found = awaited.find(({ name }) => name === service)
        const path = availablePath(service)
        const answer = result.answers.find((each) => each.path === path)
        if (!result.listed.includes(service) || answer?.status === 200) continue
        yield {
          file: found?.file ?? file,
          ...(found?.line !== undefined && { line: found.line }),
          message: answer
            ? `the gateway answers ${path} with ${describeAnswer(answer)}, where the service registers it for everybody`
            : silence(path, result),
        }
      }
    },
  },
]
