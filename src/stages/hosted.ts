import { lstatSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { listBundle } from '../image/bundle-files.js'
import { stringAt } from '../formats/json.js'
import { isInside, repositoryText } from '../lib/files.js'
import type { Position } from '../lib/text.js'
import {
  askHosted,
  askManifests,
  askMadeUpName,
  builtFiles,
  filesOfManifest,
  firstFile,
  type HostedFile,
} from '../proof/hosted.js'
import { catalogue } from '../rules/catalogue.js'
import { entriesOf } from '../rules/entries.js'
import { type Findings, findings, type FindingsSource } from '../rules/findings.js'
import { jsonOf } from '../tailchat/gateway.js'
import { layout } from '../tailchat/layout.js'
import type { Workspace } from '../workspace/types.js'
import type { Run } from './stage.js'

/** More than any repository hosts. */
const MAX_FILES = 2000
/** What a page is asked for from where nothing is known of Tailchat's own address. */
const ANY_ORIGIN = 'https://tailchat.invalid'

/**
 * Asks the static host of `public-url`, and the hosts from which the repository registers plugins, for what they serve.
 * @returns what is wrong there
 */
export async function askHosts(
  { inputs, surroundings, record }: Run,
  workspace: Workspace,
  source: FindingsSource,
): Promise<Findings> {
  const { publicUrl, directory } = inputs.bundle
  const { url: liveUrl, timeoutSeconds } = inputs.live
  const origin = liveUrl === '' ? ANY_ORIGIN : new URL(liveUrl).origin
  const { log, wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) } =
    surroundings
  const registered = registeredElsewhere(workspace, publicUrl)
  const built = publicUrl === '' ? [] : hostedFromDirectory(workspace.root, directory, publicUrl)
  const files = (
    built.length > 0 || publicUrl === ''
      ? built
      : ((await askManifests(publicUrl, origin)) ?? []).flatMap((manifest) =>
          filesOfManifest(manifest, publicUrl),
        )
  ).slice(0, MAX_FILES)
  if (publicUrl !== '' && built.length === 0)
    record({
      notes: [
        files.length > 0
          ? `${directory} is not here: what ${publicUrl} serves was taken from its own manifests.json, and not compared byte by byte.`
          : `${publicUrl} was not compared with anything: neither is ${directory} here, nor does the host serve manifests.json.`,
      ],
    })
  if (files.length + registered.length > 0)
    log(`Asking other hosts for ${files.length + registered.length} files of plugins`)
  const request = { origin, timeoutSeconds, wait, now: () => Date.now() }
  const asked = await askHosted({ ...request, files })
  const others = await askHosted({ ...request, files: registered.map(({ file }) => file) })
  const subject = {
    file: workspace.plugins.length > 0 ? layout.dockerfile : '',
    publicUrl,
    liveUrl,
    asked,
    madeUp: publicUrl === '' ? undefined : await askMadeUpName(publicUrl, origin),
    elsewhere: registered.flatMap(({ at }, index) => {
      const each = others[index]
      return each ? [{ asked: each, at }] : []
    }),
  }
  const all = [...asked, ...others]
  if (publicUrl !== '' || all.length > 0)
    record({
      hosted: {
        publicUrl,
        served: all.filter(({ wrong }) => wrong.length === 0).map(({ url }) => url),
        stale: all.filter(({ wrong }) => wrong.length > 0).map(({ url }) => url),
      },
    })
  return findings(catalogue.hosted, subject, source)
}

/** The files that an earlier step built into the repository, as they should be served. */
function hostedFromDirectory(root: string, directory: string, publicUrl: string): HostedFile[] {
  const manifests = jsonOf({ text: repositoryText(root, `${directory}/manifests.json`) })
  if (!Array.isArray(manifests)) return []
  return manifests.flatMap((manifest: unknown) => {
    const first = filesOfManifest(manifest, publicUrl)
    const folder =
      stringAt(manifest, 'url')
        ?.slice(publicUrl.length + 1)
        .replace(/\/index\.js$/, '') ?? ''
    const [file] = first
    const path = join(root, directory, folder)
    const isThere =
      isInside(join(root, directory), path) &&
      lstatSync(path, { throwIfNoEntry: false })?.isDirectory() &&
      // A link on the way may lead out of the repository.
      isInside(root, realpathSync(path))
    return file?.plugin !== undefined && isThere
      ? builtFiles(file.plugin, `${publicUrl}/${folder}`, listBundle(path))
      : first
  })
}

/** The plugins that the repository registers from other hosts: `check` never asks these. */
function registeredElsewhere(workspace: Workspace, publicUrl: string): { file: HostedFile; at: Position }[] {
  const ofManifests = workspace.plugins.flatMap(({ name, web }) =>
    web?.manifest
      ? [
          {
            name,
            url: stringAt(web.manifest.value, 'url'),
            at: { file: web.manifest.path, line: 1, column: 1 },
          },
        ]
      : [],
  )
  const entries = entriesOf(workspace).map(({ name, url, position }) => ({ name, url, at: position('url') }))
  const seen = new Set<string>()
  return [...entries, ...ofManifests].flatMap(({ name, url, at }) => {
    if (name === undefined || url === undefined || !isHttp(url) || seen.has(url)) return []
    // These are asked for with all of their files.
    if (publicUrl !== '' && url.startsWith(`${publicUrl}/`)) return []
    seen.add(url)
    return seen.size > MAX_FILES ? [] : [{ file: firstFile(name, url), at }]
  })
}

/** Whether it can be asked for without sending a password along. */
function isHttp(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}
