import type { HostedPlugin } from '../../src/rules/bundle.js'
import type { RuleCases } from '../support/rule-cases.js'

/** How com.acme.theme will be served. */
export type BundleCase = Partial<HostedPlugin>

const NAME = 'com.acme.theme'
const AT = `client/web/plugins/${NAME}/manifest.json`
const script = (text: string) => ({ scripts: [{ file: 'index.js', text }] })

export const bundleCases: RuleCases<BundleCase>[] = [
  {
    rule: 'bundle/url-breaks-chunks',
    valid: { 'a folder of the plugin’s own': { url: `https://plugins.acme.example/1.0.0/${NAME}/index.js` } },
    invalid: {
      'the plugin’s name before its folder': {
        url: `https://acme.example/${NAME}/1.0.0/${NAME}/index.js`,
        finds: [
          {
            at: AT,
            plugin: NAME,
            says: `its further files looked for in https://acme.example/${NAME}: choose a public-url without the name`,
          },
        ],
      },
      'the plugin’s name in the host': {
        url: `https://${NAME}.acme.example/${NAME}/index.js`,
        finds: [{ at: AT, plugin: NAME, says: `looked for in https://${NAME}: ` }],
      },
    },
  },
  {
    rule: 'bundle/manifest-refused',
    valid: { 'a manifest with all that the client asks for': {} },
    invalid: {
      'a manifest without an author': {
        manifest: { label: 'Theme', name: NAME, url: 'x', version: 1, description: 'x' },
        finds: [
          {
            at: AT,
            plugin: NAME,
            says: 'by its manifest: "version" is not a text, "author" is missing',
          },
        ],
      },
    },
  },
  {
    rule: 'bundle/absolute-path',
    valid: {
      'a bundle that only names itself': script(`definePlugin('@plugins/${NAME}', [], 1)`),
      'a path of another plugin': script("fetch('/plugins/com.acme.other/x.json')"),
    },
    invalid: {
      'a path on Tailchat’s host': {
        ...script(`new Audio('/plugins/${NAME}/assets/ping.mp3')`),
        finds: [{ at: AT, plugin: NAME, says: `index.js holds the path /plugins/${NAME}/` }],
      },
    },
  },
]
