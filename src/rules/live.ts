import type { ServiceRow } from '../proof/compare.js'
import type { AskedFile, LivePromise, LiveResult } from '../proof/live.js'
import { isUnresolved } from '../lib/http.js'
import { availablePath } from '../tailchat/gateway.js'
import type { Rule } from './types.js'

/** What the rules about a running server look at. */
export interface LiveSubject {
  /** Where a problem is shown that is of no file of the repository. */
  file: string
  promise: LivePromise
  result: LiveResult
  rows: readonly ServiceRow[]
  timeoutSeconds: number
}

/** Rules about what a running server loads and serves. */
export const liveRules: Rule<LiveSubject>[] = [
  {
    id: 'live/gateway-silent',
    title: 'The running server does not answer /health',
    why: 'Nothing can be said about it; most likely, users see nothing either.',
    severity: 'error',
    mend: 'Look at the address in live-url, at the proxy before the server, and at the log of the gateway’s container.',
    bad: 'live-url: https://chat.acme.example/login # a page, not the server',
    good: 'live-url: https://chat.acme.example',
    *check({ result: { health, instead }, timeoutSeconds }) {
      if (!health && isUnresolved(instead))
        yield { file: '', message: `the host in live-url does not resolve (${instead}): check the address` }
      else if (!health)
        yield {
          file: '',
          message: `/health did not answer with a list of services within ${timeoutSeconds} s (the last time: ${instead ?? 'nothing'})`,
        }
    },
  },
  {
    id: 'live/gateway-old',
    title: 'The gateway that answers is not the one of the image',
    why: 'The roll-out has not reached it: users still get what was there before.',
    severity: 'error',
    mend: 'Pull the image and start the container again. Where the server’s own environment sets VERSION, take it out: it hides the image’s.',
    bad: 'docker compose pull # and no docker compose up --detach',
    good: 'docker compose pull && docker compose up --detach',
    *check({ file, result: { gateway }, promise: { reference } }) {
      if (gateway.is === 'old')
        yield { file, message: `the gateway is not the one of ${reference}: ${gateway.reason}` }
    },
  },
  {
    id: 'live/service-missing',
    title: 'The running server does not list a service that it should load',
    why: 'Calls of the plugin get 404 or 504.',
    severity: 'error',
    mend: 'Look at SERVICEDIR, TRANSPORTER and NAMESPACE of the container that should load it, and at its log.',
    bad: 'SERVICEDIR=services # in every container',
    good: 'SERVICEDIR=plugins # in one of them',
    *check({ file, rows, promise }) {
      for (const row of rows) {
        if (!row.expected || row.loaded !== false) continue
        const line = promise.services?.find(({ name }) => name === row.name)?.line
        yield {
          ...(row.plugin !== undefined && { plugin: row.plugin }),
          file: row.file ?? file,
          ...(row.file !== undefined && line !== undefined && { line }),
          message: `the running server lacks ${row.name} of ${promise.reference}: ${row.reason}`,
        }
      }
    },
  },
  {
    id: 'live/service-unexpected',
    title: 'The running server lists a plugin’s service that nothing here promises',
    why: 'Another node on the same message bus brings it, or a container of an earlier image still runs.',
    severity: 'notice',
    mend: 'Nothing, where another repository deploys it; otherwise stop the container that loads it.',
    bad: 'A container of last month’s image on the same TRANSPORTER',
    good: 'Only containers that are still deployed',
    *check({ file, rows, promise }) {
      if (!promise.services) return
      for (const { name, expected, loaded } of rows)
        if (!expected && loaded)
          yield {
            file,
            message: `the running server lists ${name}, which ${promise.reference} does not have`,
          }
    },
  },
  {
    id: 'live/file-differs',
    title: 'The running server does not serve a bundle or a plugin registry file as it should',
    why: 'Users load an older plugin, or none: a gateway answers what it does not have with 200 and a page, and a cache in front of it keeps what it has for a day.',
    severity: 'error',
    mend: 'Start every gateway with the image, take volumes away that lie over dist/public, and empty the cache in front of the server.',
    bad: 'A CDN that keeps /plugins/com.acme.theme/index.js over a roll-out',
    good: 'A CDN that is told to forget it, or asks the server each time',
    *check({ file, result: { files }, promise: { reference } }) {
      for (const each of files)
        if (each.wrong.length > 0)
          yield {
            ...(each.plugin !== undefined && { plugin: each.plugin }),
            file,
            message: `${each.path} is ${each.sometimes ? 'only sometimes ' : 'not '}${wanted(each, reference)}: ${each.sometimes ? 'other answers were' : 'it was answered with'} ${each.wrong.join(', ')}`,
          }
    },
  },
  {
    id: 'live/not-available',
    title: 'A service does not answer /available to everybody',
    why: 'The plugin’s web part asks it to know whether it can be used: with any other answer than 200 it hides itself.',
    severity: 'error',
    mend: 'With 401, restart the container that loads the plugin: its open routes are forgotten when the gateway restarts alone. With 404 or 504, its container does not run any more.',
    bad: 'docker compose restart gateway',
    good: 'depends_on: { gateway: { condition: service_started, restart: true } }',
    *check({ file, promise, result: { available } }) {
      for (const { service, answer } of available) {
        if (answer === 200) continue
        const known = promise.services?.find(({ name }) => name === service)
        yield {
          ...(known?.plugin !== undefined && { plugin: known.plugin }),
          file: known?.file ?? file,
          message: `${availablePath(service)} ${typeof answer === 'number' ? `answers ${answer}` : `was not answered (${answer})`} without a login${answer === 401 ? ': restart the plugin’s container; its open routes are forgotten when the gateway restarts alone' : ', where the plugin’s web part needs 200'}`,
        }
      }
    },
  },
]

function wanted({ sha256, plugin }: AskedFile, reference: string | undefined): string {
  if (sha256 !== undefined) return `the file of ${reference}`
  return plugin === undefined ? 'a list in JSON' : `a bundle of ${plugin}`
}
