import type { BrowserProof } from '../proof/browser/evaluate.js'
import { compare } from '../lib/text.js'
import { sentenceOf } from '../rules/browser.js'

/** What a real browser made of the front ends of the image, or why none was asked. */
export type ReportedBrowser =
  | { reason: string }
  | {
      /** What the browser calls itself, such as `Chrome/156.0.8078.108`. */
      chrome: string
      milliseconds: number
      plugins: {
        name: string
        evaluated: boolean
        /** What it did instead, or what a chunk of it did. */
        reason?: string
        /** How many parts that it loads later were loaded, too. */
        chunks: number
        /** Hosts that it tried to reach while it was evaluated. */
        hosts: string[]
      }[]
      /** Plugins of which nothing is known, since too much else failed. */
      notJudged: string[]
      /** Plugins that are offered from another address: they were not loaded. */
      hosted: string[]
      /** Hosts that were contacted by the client itself, or by code whose plugin is not known. */
      otherHosts: string[]
      /** The page where the client shows nothing: a PNG in base 64; in the report file the name of the file next to it. */
      screenshot?: string
    }

/** What the browser showed, as the report has it. */
export function reportBrowser(proof: BrowserProof): ReportedBrowser {
  const { chrome, milliseconds, plugins, notJudged, hosted, otherHosts, screenshot } = proof
  return {
    chrome,
    milliseconds,
    plugins: plugins.map(({ name, fault, chunks, hosts }) => {
      const reasons = [
        ...(fault ? [sentenceOf(name, fault)] : []),
        ...chunks.flatMap((chunk) => (chunk.fault ? [sentenceOf(`${name}/${chunk.file}`, chunk.fault)] : [])),
      ]
      return {
        name,
        evaluated: reasons.length === 0,
        ...(reasons.length > 0 && { reason: reasons.join('; ') }),
        chunks: chunks.length,
        hosts,
      }
    }),
    notJudged: [...notJudged].sort(compare),
    hosted,
    otherHosts,
    ...(screenshot && { screenshot: screenshot.toString('base64') }),
  }
}
