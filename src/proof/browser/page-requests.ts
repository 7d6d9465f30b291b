import { asObject } from '../../formats/json.js'
import { type LivePage, MAX_TOLD } from './page-result.js'
import { answer, ORIGIN, pluginOfUrl, readPublicFile, type SiteAnswer } from './site.js'

/** Keeps which plugin a request or a WebSocket comes from, and which host it is for, before anything is answered. */
export function keepRequest(page: LivePage, params: Record<string, unknown>, isSocket: boolean): void {
  const { initiators } = page
  const plugin = pluginOfInitiator(params['initiator'])
  const url = String(params['url'] ?? asObject(params['request'])?.['url'])
  if (plugin !== undefined && initiators.size < MAX_TOLD) initiators.set(String(params['requestId']), plugin)
  if (isSocket || (URL.canParse(url) && !isServed(page, url))) keepContact(page, url, plugin)
}

/** Answers a request from the public directory, or lets it fail. */
export function answerRequest(page: LivePage, params: Record<string, unknown>): void {
  const { requestId, networkId } = params
  const url = String(asObject(params['request'])?.['url'])
  const initiator = typeof networkId === 'string' ? page.initiators.get(networkId) : undefined
  const fail = (errorReason: string): void =>
    void page.send('Fetch.failRequest', { requestId, errorReason }).catch(() => undefined)
  if (isLeaving(page, params)) {
    if (page.result.leaving.length < MAX_TOLD) page.result.leaving.push(initiator)
    if (!url.startsWith(`${ORIGIN}/`)) keepContact(page, url, initiator)
    fail('Aborted')
  } else if (!URL.canParse(url) || !isServed(page, url)) {
    keepContact(page, url, initiator)
    fail('NameNotResolved')
  } else fulfil(page, requestId, answerTo(page, url))
}

/** Whether the request would take the page to another address: its own document is asked for only once. */
function isLeaving(page: LivePage, { resourceType, frameId }: Record<string, unknown>): boolean {
  if (resourceType !== 'Document' || frameId !== page.frame) return false
  const isFirst = !page.hasStarted
  page.hasStarted = true
  return !isFirst
}

function isServed({ task }: LivePage, url: string): boolean {
  const { origin, pathname } = new URL(url)
  // A client that is built for a server of another address asks there for `{BACKEND}`'s plugins.
  return (
    origin === ORIGIN ||
    (pathname.startsWith('/plugins/') && readPublicFile(task.root, pathname) !== undefined)
  )
}

function answerTo({ task, result }: LivePage, url: string): SiteAnswer {
  const { pathname } = new URL(url)
  const plugin = pluginOfUrl(url)
  if (plugin === undefined) return answer(task.root, pathname)
  if (pathname.endsWith('/index.js') && !result.requested.includes(plugin)) result.requested.push(plugin)
  if (pathname.endsWith('.js') && !task.isLoaded(plugin)) return emptyPlugin(plugin)
  const file = answer(task.root, pathname)
  if (file.isFallback && result.missing.length < MAX_TOLD) result.missing.push(pathname)
  return file
}

/** Returns an empty plugin, in place of one that is left out. */
function emptyPlugin(plugin: string): SiteAnswer {
  const body = Buffer.from(
    `definePlugin(${JSON.stringify(`@plugins/${plugin}`)}, [], function () { return {} })`,
  )
  return { status: 200, type: 'application/javascript; charset=utf-8', body, isFallback: false }
}

function fulfil({ send }: LivePage, requestId: unknown, { status, type, body }: SiteAnswer): void {
  void send('Fetch.fulfillRequest', {
    requestId,
    responseCode: status,
    responseHeaders: [
      { name: 'content-type', value: type },
      { name: 'access-control-allow-origin', value: '*' },
      { name: 'cache-control', value: 'no-store' },
    ],
    body: body.toString('base64'),
  }).catch(() => undefined)
}

function keepContact({ result }: LivePage, url: string, plugin: string | undefined): void {
  if (!/^(?:https?|wss?):/.test(url) || !URL.canParse(url)) return
  const { host } = new URL(url)
  const known = result.contacts.some((each) => each.host === host && each.plugin === plugin)
  if (!known && result.contacts.length < MAX_TOLD) result.contacts.push({ host, plugin })
}

/** The plugin whose code asked for something, by the innermost place of its stack that lies in one. */
function pluginOfInitiator(initiator: unknown): string | undefined {
  const { stack, url } = asObject(initiator) ?? {}
  for (let each = asObject(stack), depth = 0; each && depth < 20; each = asObject(each['parent']), depth++) {
    const frames = each['callFrames']
    for (const frame of Array.isArray(frames) ? frames : []) {
      const plugin = pluginOfUrl(String(asObject(frame)?.['url']))
      if (plugin !== undefined) return plugin
    }
  }
  return typeof url === 'string' ? pluginOfUrl(url) : undefined
}
