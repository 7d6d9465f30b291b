import type { BrowserProof } from '../proof/browser/evaluate.js'
import { compare, unique } from '../lib/text.js'
import { sentenceOf } from '../rules/browser.js'

/** How the hosts that plugins contact differ from those of an earlier image; plugins without a difference are left out. */
export interface ReportedHosts {
  /** The earlier image. */
  comparedWith: string
  plugins: { name: string; gained: string[]; lost: string[] }[]
}

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
      /** On a pull request: what plugins contact that they did not in the image that this one replaces. */
      hosts?: ReportedHosts
      /** The page where the client shows nothing: a PNG in base 64; in the report file the name of the file next to it. */
      screenshot?: string
    }

/** What the browser showed, as the report has it. */
export function reportBrowser(proof: BrowserProof): Exclude<ReportedBrowser, { reason: string }> {
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

/** Compares the hosts that each plugin of an image contacts with those of an earlier one. */
export function compareHosts(comparedWith: string, before: BrowserProof, now: BrowserProof): ReportedHosts {
  const hostsIn = (proof: BrowserProof, name: string): string[] =>
    proof.plugins.find((plugin) => plugin.name === name)?.hosts ?? []
  const names = unique([...before.plugins, ...now.plugins].map(({ name }) => name)).sort(compare)
  return {
    comparedWith,
    plugins: names.flatMap((name) => {
      const [old, current] = [hostsIn(before, name), hostsIn(now, name)]
      const gained = current.filter((host) => !old.includes(host))
      const lost = old.filter((host) => !current.includes(host))
      return gained.length + lost.length > 0 ? [{ name, gained, lost }] : []
    }),
  }
}
