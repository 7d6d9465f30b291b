import type { AskedHosted } from '../proof/hosted.js'
import type { Position } from '../lib/text.js'
import type { Rule } from './types.js'

/** What the rules about hosts other than Tailchat's look at. */
export interface HostedSubject {
  /** Where a problem is shown that is of no file of the repository. */
  file: string
  /** The static host; empty: none is named. */
  publicUrl: string
  /** The address of Tailchat; empty: not given. */
  liveUrl: string
  asked: readonly AskedHosted[]
  /** The status of the answer for a made-up name; `undefined`: there was no answer, or it was not asked for. */
  madeUp: number | undefined
  /** The files of plugins that the repository registers from elsewhere, with where it does. */
  elsewhere: readonly { asked: AskedHosted; at: Position }[]
}

/** Rules about what hosts other than Tailchat's serve. */
export const hostedRules: Rule<HostedSubject>[] = [
  {
    id: 'hosted/file-differs',
    title: 'The static host does not serve a file as it was built',
    why: 'Users who install the plugin get an older one, or none.',
    severity: 'error',
    mend: 'Upload bundle-dir again, empty the cache of the host, and let it give .js files a JavaScript type and .md files Access-Control-Allow-Origin.',
    bad: '200 text/plain with X-Content-Type-Options: nosniff',
    good: '200 text/javascript',
    *check({ file, asked }) {
      for (const { url, plugin, wrong } of asked)
        if (wrong.length > 0)
          yield {
            ...(plugin !== undefined && { plugin }),
            file,
            message: `${url} is not served as it should: it was answered with ${wrong.join(', ')}`,
          }
    },
  },
  {
    id: 'hosted/script-type',
    title: 'A host serves a script without a JavaScript type',
    why: 'Browsers run it as long as no header forbids it, and any proxy may add that header.',
    severity: 'warning',
    mend: 'Let the host give .js files the type text/javascript.',
    bad: 'Content-Type: application/octet-stream',
    good: 'Content-Type: text/javascript',
    *check({ file, asked, elsewhere }) {
      for (const { url, plugin, looseType } of [...asked, ...elsewhere.map((each) => each.asked)])
        if (looseType !== undefined)
          yield {
            ...(plugin !== undefined && { plugin }),
            file,
            message: `${url} has the type ${looseType}, where a script should have text/javascript`,
          }
    },
  },
  {
    id: 'hosted/page-for-missing',
    title: 'The static host answers 200 to a name that it does not have',
    why: 'A file that is missing looks as if it were there: the client gets a page and waits in vain, and no check of an upload can tell.',
    severity: 'error',
    mend: 'Turn off the host’s page for single-page applications: what is not there must be 404.',
    bad: 'GET /no-such-version/no.such.plugin/index.js → 200 text/html',
    good: 'GET /no-such-version/no.such.plugin/index.js → 404',
    *check({ file, publicUrl, madeUp }) {
      if (madeUp === 200)
        yield { file, message: `${publicUrl} answers 200 to a made-up name, where 404 is needed` }
    },
  },
  {
    id: 'hosted/not-https',
    title: 'Tailchat has https, and the static host has not',
    why: 'Browsers load nothing over http into a page that came over https.',
    severity: 'error',
    mend: 'Serve the files over https, and give that address as public-url.',
    bad: 'public-url: http://plugins.acme.example',
    good: 'public-url: https://plugins.acme.example',
    *check({ file, publicUrl, liveUrl, elsewhere }) {
      if (!liveUrl.startsWith('https:')) return
      const message = (url: string): string =>
        `${url} is not https, and ${liveUrl} is: browsers load nothing of it into that page`
      if (publicUrl.startsWith('http:')) yield { file, message: message(publicUrl) }
      for (const { asked, at } of elsewhere)
        if (asked.url.startsWith('http:'))
          yield {
            ...at,
            ...(asked.plugin !== undefined && { plugin: asked.plugin }),
            message: message(asked.url),
          }
    },
  },
  {
    id: 'hosted/not-served',
    title: 'A plugin that is registered from another host is not served there',
    why: 'The plugin is offered, and installing it does nothing.',
    severity: 'error',
    mend: 'Correct the url of the entry, or ask whoever runs that host.',
    bad: '"url": "https://plugins.acme.example/com.acme.theme/index.js" // 404',
    good: '"url": "https://plugins.acme.example/1.0.0/com.acme.theme/index.js"',
    *check({ elsewhere }) {
      for (const { asked, at } of elsewhere)
        if (asked.wrong.length > 0)
          yield {
            ...at,
            ...(asked.plugin !== undefined && { plugin: asked.plugin }),
            message: `the plugin is registered from ${asked.url}, which was answered with ${asked.wrong.join(', ')}`,
          }
    },
  },
]
