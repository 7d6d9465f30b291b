import type { Script } from '../image/bundle-files.js'
import { chunkFolder, loadsItsChunks, pasteProblems } from '../tailchat/hosted.js'
import type { Rule } from './types.js'

/** What the rules about bundles for a static host look at. */
export interface BundleSubject {
  plugins: readonly HostedPlugin[]
}

/** A plugin's browser side as it will be served. */
export interface HostedPlugin {
  name: string
  /** Where a problem of it is shown. */
  file: string
  /** With absolute addresses. */
  manifest: Readonly<Record<string, unknown>>
  url: string
  scripts: readonly Script[]
}

/** Rules about what a static host will serve. */
export const bundleRules: Rule<BundleSubject>[] = [
  {
    id: 'bundle/url-breaks-chunks',
    title: 'A plugin’s further files would be looked for in another folder',
    why: 'The client takes everything before the first /NAME in the url for the place of all files: with the name in the host or in a folder before it, each later file gets 404.',
    severity: 'error',
    mend: 'Choose a public-url that does not hold the plugin’s name.',
    bad: 'public-url: https://com.acme.theme.acme.example',
    good: 'public-url: https://plugins.acme.example',
    *check({ plugins }) {
      for (const { name, file, url } of plugins)
        if (!loadsItsChunks(url, name))
          yield {
            plugin: name,
            file,
            message: `the plugin would be served at ${url}, and its further files looked for in ${chunkFolder(url, name) ?? 'the page’s own folder'}: choose a public-url without the name of the plugin`,
          }
    },
  },
  {
    id: 'bundle/manifest-refused',
    title: 'The web client does not take the manifest when a user pastes it',
    why: 'The plugin center says that it is no valid plugin configuration, and installs nothing.',
    severity: 'error',
    mend: 'Give the manifest every field that the message names.',
    bad: '{ "name": "com.acme.theme", "version": 1 }',
    good: '{ "label": "Theme", "name": "com.acme.theme", "version": "1.0.0", "author": "acme", "description": "Colours" }',
    *check({ plugins }) {
      for (const { name, file, manifest } of plugins) {
        const problems = pasteProblems(manifest)
        if (problems.length > 0)
          yield {
            plugin: name,
            file,
            message: `a user can’t install the plugin by its manifest: ${problems.join(', ')}`,
          }
      }
    },
  },
  {
    id: 'bundle/absolute-path',
    title: 'A bundle for another host holds a path on Tailchat’s own host',
    why: 'The file is asked for on the host of Tailchat, which answers 200 with a page.',
    severity: 'warning',
    mend: 'Import the file, so that the bundler finds its address, or write the absolute address of the static host.',
    bad: "const sound = '/plugins/com.acme.theme/assets/ping.mp3'",
    good: "import sound from './assets/ping.mp3'",
    *check({ plugins }) {
      for (const { name, file, scripts } of plugins)
        for (const script of scripts)
          if (holdsOwnPath(script.text, name))
            yield {
              plugin: name,
              file,
              message: `${script.file} holds the path /plugins/${name}/, which is one on Tailchat’s own host: import the file, or write its address on the static host`,
            }
    },
  },
]

/** Whether a text holds a path into the plugin’s folder on the gateway; its id, `@plugins/NAME`, is none. */
function holdsOwnPath(text: string, name: string): boolean {
  return text.includes(`/plugins/${name}/`)
}
